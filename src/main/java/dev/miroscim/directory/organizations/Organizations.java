package dev.miroscim.directory.organizations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.LockOrder;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.audit.AuditEvent.Type;
import dev.miroscim.directory.audit.AuditTrail;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The organisations and their settings. */
@Service
public class Organizations {

    /**
     * How long an organisation is cached, which saves a statement a request. Other instances' changes are seen this
     * much later.
     */
    private static final Duration SETTINGS_AGE = Duration.ofSeconds(1);

    /**
     * A part of an SQL statement that takes, until the end of the transaction, the right to add people to a universe.
     * Any number of transactions can have it at once, but none while a change empties an organisation there. The
     * parameter is {@code universe}.
     */
    public static final String ADDS_PEOPLE = "pg_advisory_xact_lock_shared(:universe)";

    private final OrganizationRepository organizations;
    private final EntityManager entities;
    private final AuditTrail audit;
    private final Clock clock;
    private final Cache<Long, Organization> recent;

    /** Counts invalidations, so that a value that was read before one is not cached after it. */
    private final AtomicLong forgotten = new AtomicLong();

    Organizations(OrganizationRepository organizations, EntityManager entities, AuditTrail audit, Clock clock) {
        this.organizations = organizations;
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(SETTINGS_AGE)
                .maximumSize(10_000)
                .build();
    }

    /**
     * The organisation with its settings, at most a second old. It is read outside the cache's lock: a thread that
     * waits for a connection while it holds that lock would block the threads that have the connections.
     */
    public Organization get(long id) {
        Organization known = recent.getIfPresent(id);
        return known != null
                ? known
                : readNow(id).orElseThrow(() -> RefusedException.notFound("Organization", Long.toString(id)));
    }

    /** The organisation with the settings of this moment, if there is one, for callers that remember them themselves. */
    public Optional<Organization> readNow(long id) {
        long before = forgotten.get();
        Optional<Organization> read = read(id);
        read.ifPresent(organization ->
                recent.asMap().compute(id, (_, present) -> forgotten.get() == before ? organization : present));
        return read;
    }

    /** The oldest organisation. */
    @Transactional(readOnly = true)
    public Optional<Organization> first() {
        return organizations.first().map(OrganizationRow::toRecord);
    }

    /** All organisations, oldest first. */
    @Transactional(readOnly = true)
    public List<Organization> list() {
        return organizations.list().stream().map(OrganizationRow::toRecord).toList();
    }

    /** @param universeId of the organisations that share e-mail addresses with it; null for a universe of its own */
    @Transactional
    public Organization create(String name, @Nullable Long universeId, OrganizationSettings settings) {
        long id = nextId();
        Organization organization =
                new Organization(id, universeId == null ? id : universeId, name, settings, clock.instant());
        entities.persist(new OrganizationRow(organization));
        // Tokens are written by JDBC, which must find the row.
        entities.flush();
        audit.begin(id);
        return organization;
    }

    /** Changes the settings. */
    @Transactional
    public Organization decide(long id, UnaryOperator<OrganizationSettings> change) {
        lock(id);
        OrganizationRow organization = require(id);
        boolean enabledBefore = organization.settings().scimEnabled();
        organization.decide(change.apply(organization.settings()));
        boolean enabled = organization.settings().scimEnabled();
        if (enabled != enabledBefore) {
            audit.happened(id, enabled ? Type.SCIM_ENABLED : Type.SCIM_DISABLED);
        }
        forget(id);
        return organization.toRecord();
    }

    /** Renames an organisation. */
    @Transactional
    public void rename(long id, String name) {
        lock(id);
        require(id).rename(name);
        forget(id);
    }

    /**
     * Deletes everything in an organisation: teams, user groups, boards, memberships (ended ones too) and the audit
     * log, and profiles that no other organisation of the universe uses.
     */
    @Transactional
    public void empty(long id) {
        Organization organization = require(id).toRecord();
        holdAll(id);
        audit.beginAgain(id);
        execute("delete from team where organization_id = :id", id);
        execute("delete from user_group where organization_id = :id", id);
        execute("delete from membership where organization_id = :id", id);
        execute("""
                delete from profile p where p.universe_id = :id
                and not exists (select 1 from membership m where m.profile_id = p.id)
                """, organization.universeId());
        entities.clear();
    }

    /**
     * Holds everything in the organisation until the end of the transaction, in lock order. An advisory lock of the universe comes first, for two
     * reasons: of two such changes that wait for the same row, the second would find it gone and not hold what the first
     * put in its place; and those who add people take it too, in {@link #ADDS_PEOPLE}, because there are no rows yet by
     * which to hold them.
     */
    public void holdAll(long id) {
        Organization organization = require(id).toRecord();
        entities.flush();
        LockOrder.takeAll(id);
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(:universe) as text)")
                .setParameter("universe", organization.universeId())
                .getResultList();
        for (String table : List.of("team", "user_group", "membership")) {
            // Not "for update": that would block inserts which refer to the row, such as a new member of a team.
            entities.createNativeQuery(
                            "select 1 from " + table + " where organization_id = :id order by id for no key update")
                    .setParameter("id", id)
                    .getResultList();
        }
    }

    /** Deletes an organisation with everything in it and the tokens that open it. */
    @DirectoryChange
    public void delete(long id) {
        empty(id);
        execute("delete from organization where id = :id", id);
        forget(id);
    }

    /**
     * Holds the organisation until the end of the transaction. Nothing else may be locked after it: see
     * {@link LockOrder}.
     *
     * @return whether there is such an organisation
     */
    public boolean lock(long id) {
        LockOrder.take(Lock.ORGANIZATION, id);
        return !entities.createNativeQuery("select 1 from organization where id = :id for no key update")
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    private Optional<Organization> read(long id) {
        return organizations.read(id).map(OrganizationRow::toRecord);
    }

    private OrganizationRow require(long id) {
        OrganizationRow organization = entities.find(OrganizationRow.class, id);
        if (organization == null) {
            throw RefusedException.notFound("Organization", Long.toString(id));
        }
        // An earlier read of the same transaction may have made it read-only.
        entities.unwrap(Session.class).setReadOnly(organization, false);
        return organization;
    }

    private void execute(String sql, long id) {
        entities.createNativeQuery(sql).setParameter("id", id).executeUpdate();
    }

    private long nextId() {
        return ((Number) entities.createNativeQuery("select nextval('miro_id')").getSingleResult()).longValue();
    }

    /** Reads the organisation anew from now on, and again when the transaction has ended. */
    public void forget(long id) {
        invalidate(id);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                invalidate(id);
            }
        });
    }

    private void invalidate(long id) {
        forgotten.incrementAndGet();
        recent.invalidate(id);
    }
}

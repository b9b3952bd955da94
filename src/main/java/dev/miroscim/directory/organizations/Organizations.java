package dev.miroscim.directory.organizations;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.miroscim.directory.DirectoryChange;
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

/** The organisations and what their administrators decided. */
@Service
public class Organizations {

    /** Saves every request a statement. Another instance's change of settings is seen this much later. */
    private static final Duration SETTINGS_AGE = Duration.ofSeconds(1);

    private final EntityManager entities;
    private final AuditTrail audit;
    private final Clock clock;
    private final Cache<Long, Organization> recent;

    /** Counts what was forgotten, so that nothing that was read before is remembered after it. */
    private final AtomicLong forgotten = new AtomicLong();

    Organizations(EntityManager entities, AuditTrail audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(SETTINGS_AGE)
                .maximumSize(10_000)
                .build();
    }

    /**
     * The organisation with its settings, at most a second old. It is read outside the cache: a thread that waited for
     * a connection within it would keep out those who have the connections.
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
        return entities
                .createQuery("select o from OrganizationRow o order by o.id", OrganizationRow.class)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst()
                .map(OrganizationRow::toRecord);
    }

    /** All organisations, oldest first. */
    @Transactional(readOnly = true)
    public List<Organization> list() {
        return entities.createQuery("select o from OrganizationRow o order by o.id", OrganizationRow.class)
                .getResultStream()
                .map(OrganizationRow::toRecord)
                .toList();
    }

    /** @param universeId of the organisations that share e-mail addresses with it; null for a universe of its own */
    @Transactional
    public Organization create(String name, @Nullable Long universeId, OrganizationSettings settings) {
        long id = nextId();
        Organization organization =
                new Organization(id, universeId == null ? id : universeId, name, settings, clock.instant());
        entities.persist(new OrganizationRow(organization));
        // Whoever writes beside Hibernate, as its tokens are, finds it.
        entities.flush();
        audit.begin(id);
        return organization;
    }

    /** Changes what the organisation's administrators decided. */
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

    /** Gives an organisation another name. */
    @Transactional
    public void rename(long id, String name) {
        lock(id);
        require(id).rename(name);
        forget(id);
    }

    /**
     * Takes everything out of an organisation: teams, user groups, boards, people, the memory of those who left, and
     * the audit log.
     * People who are in no other organisation of the universe are forgotten.
     */
    @Transactional
    public void empty(long id) {
        Organization organization = require(id).toRecord();
        entities.flush();
        hold(id);
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
     * Holds everything in the organisation, in the order in which all changes do. Those who empty it take turns before
     * that: of two who wait for the same row, one would find it gone and what the other put in its place not held.
     */
    private void hold(long id) {
        entities.createNativeQuery("select cast(pg_advisory_xact_lock(:id) as text)")
                .setParameter("id", id)
                .getResultList();
        for (String table : List.of("team", "user_group", "membership")) {
            // Not "for update": who holds a membership may still come into a team, which refers to the team's row.
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
     * Holds the organisation until the end of the transaction. Nothing else may be locked after it: see the order of
     * locks in the description of this package.
     *
     * @return whether there is such an organisation
     */
    public boolean lock(long id) {
        return !entities.createNativeQuery("select 1 from organization where id = :id for no key update")
                .setParameter("id", id)
                .getResultList()
                .isEmpty();
    }

    private Optional<Organization> read(long id) {
        return entities
                .createQuery("select o from OrganizationRow o where o.id = :id", OrganizationRow.class)
                .setParameter("id", id)
                .setHint("org.hibernate.readOnly", true)
                .getResultList()
                .stream()
                .findFirst()
                .map(OrganizationRow::toRecord);
    }

    private OrganizationRow require(long id) {
        OrganizationRow organization = entities.find(OrganizationRow.class, id);
        if (organization == null) {
            throw RefusedException.notFound("Organization", Long.toString(id));
        }
        // The transaction may have looked at it before.
        entities.unwrap(Session.class).setReadOnly(organization, false);
        return organization;
    }

    private void execute(String sql, long id) {
        entities.createNativeQuery(sql).setParameter("id", id).executeUpdate();
    }

    private long nextId() {
        return ((Number) entities.createNativeQuery("select nextval('miro_id')").getSingleResult()).longValue();
    }

    /** For the rest of the transaction as well as after it. */
    private void forget(long id) {
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

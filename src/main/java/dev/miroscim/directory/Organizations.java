package dev.miroscim.directory;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.miroscim.directory.AuditEvent.Type;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private final LoadingCache<Long, Organization> recent;

    Organizations(EntityManager entities, AuditTrail audit, Clock clock) {
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(SETTINGS_AGE)
                .maximumSize(10_000)
                .build(this::load);
    }

    /** The organisation with its settings, at most a second old. Not to be changed. */
    public Organization get(long id) {
        Organization organization = recent.get(id);
        if (organization == null) {
            throw RefusedException.notFound("Organization", Long.toString(id));
        }
        return organization;
    }

    /** The oldest organisation. */
    @Transactional(readOnly = true)
    public Optional<Organization> first() {
        return entities
                .createQuery("select o from Organization o order by o.id", Organization.class)
                .setMaxResults(1)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** All organisations, oldest first. */
    @Transactional(readOnly = true)
    public List<Organization> list() {
        return entities.createQuery("select o from Organization o order by o.id", Organization.class)
                .getResultList();
    }

    /** @param universeId of the organisations that share e-mail addresses with it; null for a universe of its own */
    @Transactional
    public Organization create(String name, @Nullable Long universeId, OrganizationSettings settings) {
        long id = nextId();
        Organization organization =
                new Organization(id, universeId == null ? id : universeId, name, settings, clock.instant());
        entities.persist(organization);
        // Whoever writes beside Hibernate, as its tokens are, finds it.
        entities.flush();
        audit.begin(id);
        return organization;
    }

    /** Changes what the organisation's administrators decided. */
    @Transactional
    public Organization decide(long id, UnaryOperator<OrganizationSettings> change) {
        lock(id);
        Organization organization = require(id);
        boolean enabledBefore = organization.settings().scimEnabled();
        organization.decide(change.apply(organization.settings()));
        boolean enabled = organization.settings().scimEnabled();
        if (enabled != enabledBefore) {
            audit.happened(id, enabled ? Type.SCIM_ENABLED : Type.SCIM_DISABLED);
        }
        forget(id);
        return organization;
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
        Organization organization = require(id);
        entities.flush();
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
     */
    void lock(long id) {
        entities.createNativeQuery("select 1 from organization where id = :id for no key update")
                .setParameter("id", id)
                .getResultList();
    }

    private @Nullable Organization load(long id) {
        return entities
                .createQuery("select o from Organization o where o.id = :id", Organization.class)
                .setParameter("id", id)
                .setHint("org.hibernate.readOnly", true)
                .getResultList()
                .stream()
                .findFirst()
                .orElse(null);
    }

    private Organization require(long id) {
        Organization organization = entities.find(Organization.class, id);
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
        recent.invalidate(id);
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCompletion(int status) {
                recent.invalidate(id);
            }
        });
    }
}

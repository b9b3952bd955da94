package dev.miroscim.directory.audit;

import dev.miroscim.directory.Slice;
import dev.miroscim.directory.audit.AuditEvent.Position;
import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditEvent.Type;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads what {@link AuditTrail} has written. */
@Service
public class AuditLog {

    /** How long events are kept. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final String SELECT = """
            select id, created_at, event, actor_type, actor_id, actor_name, actor_address, object_id, object_name, email,
              place_id, place_name, former_value, new_value
            from audit_event
            where organization_id = :organization and created_at >= :from""";

    private final EntityManager entities;
    private final Clock clock;

    AuditLog(EntityManager entities, Clock clock) {
        this.entities = entities;
        this.clock = clock;
    }

    /**
     * Events of an organisation from {@code from} on and before {@code to}.
     *
     * @param after the event to go on after; null for the first
     */
    @Transactional(readOnly = true)
    public Slice<AuditEvent> list(
            long organizationId, Instant from, Instant to, boolean oldestFirst, @Nullable Position after, int limit) {
        NativeQuery<Object[]> query = query(
                        organizationId,
                        from,
                        " and created_at < :to" + after(oldestFirst, after) + order(oldestFirst),
                        after,
                        limit)
                .setParameter("to", to);
        return slice(query, limit);
    }

    /**
     * What happened to a person in the organisation, newest first.
     *
     * @param before the event to go on after, towards the older ones; null for the newest
     */
    @Transactional(readOnly = true)
    public Slice<AuditEvent> ofPerson(long organizationId, long personId, @Nullable Position before, int limit) {
        NativeQuery<Object[]> query = query(
                        organizationId,
                        Instant.EPOCH,
                        " and person_id = :person" + after(false, before) + order(false),
                        before,
                        limit)
                .setParameter("person", personId);
        return slice(query, limit);
    }

    private static String after(boolean oldestFirst, @Nullable Position after) {
        return after == null ? "" : " and (created_at, id) %s (:time, :id)".formatted(oldestFirst ? ">" : "<");
    }

    private static String order(boolean oldestFirst) {
        return oldestFirst ? " order by created_at, id" : " order by created_at desc, id desc";
    }

    private NativeQuery<Object[]> query(
            long organizationId, Instant from, String conditions, @Nullable Position after, int limit) {
        Instant oldest = clock.instant().minus(KEPT);
        NativeQuery<Object[]> query = entities.unwrap(Session.class)
                .createNativeQuery(SELECT + conditions + " limit :most", Object[].class)
                .addScalar("id", Long.class)
                .addScalar("created_at", Instant.class)
                .addScalar("event", String.class)
                .addScalar("actor_type", String.class)
                .addScalar("actor_id", Long.class)
                .addScalar("actor_name", String.class)
                .addScalar("actor_address", String.class)
                .addScalar("object_id", Long.class)
                .addScalar("object_name", String.class)
                .addScalar("email", String.class)
                .addScalar("place_id", Long.class)
                .addScalar("place_name", String.class)
                .addScalar("former_value", String.class)
                .addScalar("new_value", String.class)
                .setParameter("organization", organizationId)
                .setParameter("from", from.isBefore(oldest) ? oldest : from)
                .setParameter("most", limit + 1);
        return after == null
                ? query
                : query.setParameter("time", after.createdAt()).setParameter("id", after.id());
    }

    private static Slice<AuditEvent> slice(NativeQuery<Object[]> query, int limit) {
        return Slice.of(query.getResultList().stream().map(AuditLog::event).toList(), limit);
    }

    private static AuditEvent event(Object[] row) {
        return new AuditEvent(
                (Long) row[0],
                (Instant) row[1],
                Type.valueOf((String) row[2]),
                new Actor(Actor.Kind.valueOf((String) row[3]), (Long) row[4], (String) row[5], (String) row[6]),
                new Subject((Long) row[7], (String) row[8]),
                (String) row[9],
                row[10] == null ? null : new Subject((Long) row[10], (String) row[11]),
                (String) row[12],
                (String) row[13]);
    }
}

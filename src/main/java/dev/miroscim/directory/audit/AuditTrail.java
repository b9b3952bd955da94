package dev.miroscim.directory.audit;

import static dev.miroscim.directory.audit.AuditEvent.Type.USER_EMAIL_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_RENAMED;

import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditEvent.Type;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes the {@link AuditLog}: what a transaction changes in organisations, for the actor who caused it. Subjects that
 * are {@linkplain #watch watched} are compared with what they were before when the transaction is about to commit; what
 * changes by a statement alone is {@linkplain #add added}. One insert before the commit writes all of it. Nothing is
 * written if nothing changed or the transaction is rolled back.
 */
@Component
public class AuditTrail {

    /** Changes of a person in all of Miro, written for every organisation that the person is in. */
    private static final String[] EVERYWHERE = {USER_RENAMED.name(), USER_EMAIL_CHANGED.name()};

    /** How many expired events are deleted with every insert, in addition to one for each new event. */
    private static final int EXPIRING = 1_000;

    // Skips rows that another transaction is deleting, so that neither waits.
    private static final String WRITE = """
            with held as (select id, name from organization where id = :organization for key share),
            expired as (
              delete from audit_event e using (
                select created_at, id from audit_event
                where organization_id = :organization and created_at < :oldest
                order by created_at, id limit :expiring for update skip locked) as old
              where e.organization_id = :organization and e.created_at = old.created_at and e.id = old.id)
            insert into audit_event (organization_id, created_at, event, actor_type, actor_id, actor_name, actor_address,
              person_id, email, object_id, object_name, place_id, place_name, former_value, new_value)
            select coalesce(elsewhere.organization_id, held.id), :now, e.event, :actorType, nullif(:actorId, 0), :actorName,
              nullif(:actorAddress, ''), m.profile_id, p.email, coalesce(m.profile_id, nullif(e.object, 0), held.id),
              coalesce(p.full_name, nullif(e.object_name, ''), held.name), nullif(e.place, 0), nullif(e.place_name, ''),
              nullif(e.former, ''), nullif(e.value, '')
            from held cross join unnest(:events, :members, :objects, :objectNames, :places, :placeNames, :formers, :values)
              with ordinality as e (event, member, object, object_name, place, place_name, former, value, position)
            left join membership m on m.id = e.member
            left join profile p on p.id = m.profile_id
            left join membership elsewhere
              on elsewhere.profile_id = case when e.event = any(:everywhere) then m.profile_id end
              and elsewhere.status <> 'REMOVED'
            order by e.position
            """;

    private final EntityManager entities;
    private final Actors actors;
    private final Clock clock;

    AuditTrail(EntityManager entities, Actors actors, Clock clock) {
        this.entities = entities;
        this.actors = actors;
        this.clock = clock;
    }

    /** Adds an event of the organisation as a whole. */
    public void happened(long organizationId, Type type) {
        add(organizationId, new Change(type, null, null, null, null, null));
    }

    /** Writes no events for this organisation in this transaction: it is being created or filled from a seed. */
    public void begin(long organizationId) {
        transaction().ifPresent(transaction -> transaction.beginning.add(organizationId));
    }

    /** Deletes all events of an organisation that is filled again. */
    public void beginAgain(long organizationId) {
        entities.createNativeQuery("delete from audit_event where organization_id = :organization")
                .setParameter("organization", organizationId)
                .executeUpdate();
        begin(organizationId);
    }

    /** What a subject was when the transaction first held it. */
    public interface Before {

        /** The events that lead from there to what the subject is now. */
        List<Change> changes();
    }

    /** In which order events of watched subjects are written: what a person becomes comes before what follows. */
    public enum Order {
        MEMBERSHIPS,
        PROFILES,
        TEAMS,
        USER_GROUPS
    }

    /** Compares {@code subject} at the end with what it is now, unless the transaction watches it already. */
    public void watch(long organizationId, Order order, Object subject, Supplier<Before> now) {
        of(organizationId).ifPresent(changes -> changes.watched.get(order).computeIfAbsent(subject, _ -> now.get()));
    }

    /** What {@code subject} was before, if it is watched. */
    public Optional<Before> watched(long organizationId, Order order, Object subject) {
        return of(organizationId).map(changes -> changes.watched.get(order).get(subject));
    }

    /** Adds an event. */
    public void add(long organizationId, Change change) {
        of(organizationId).ifPresent(changes -> changes.added.add(change));
    }

    /** Takes back added events. */
    public void removeIf(long organizationId, Predicate<Change> unwanted) {
        of(organizationId).ifPresent(changes -> changes.added.removeIf(unwanted));
    }

    /**
     * The changes of the transaction in this organisation; empty without an actor and for an organisation that
     * begins.
     */
    private Optional<Changes> of(long organizationId) {
        return transaction()
                .filter(transaction -> !transaction.beginning.contains(organizationId))
                .map(transaction -> transaction.changes.computeIfAbsent(organizationId, _ -> new Changes()));
    }

    private Optional<Recording> transaction() {
        if (!TransactionSynchronizationManager.isSynchronizationActive()) {
            return Optional.empty();
        }
        if (TransactionSynchronizationManager.getResource(this) instanceof Recording known) {
            return Optional.of(known);
        }
        Optional<Recording> recording = actors.current().map(Recording::new);
        recording.ifPresent(begun -> {
            TransactionSynchronizationManager.bindResource(this, begun);
            TransactionSynchronizationManager.registerSynchronization(begun);
        });
        return recording;
    }

    /** What one transaction changes. */
    private final class Recording implements TransactionSynchronization {

        private final Actor actor;
        private final Set<Long> beginning = new HashSet<>();
        private final Map<Long, Changes> changes = new HashMap<>();

        Recording(Actor actor) {
            this.actor = actor;
        }

        @Override
        public void suspend() {
            TransactionSynchronizationManager.unbindResource(AuditTrail.this);
        }

        @Override
        public void resume() {
            TransactionSynchronizationManager.bindResource(AuditTrail.this, this);
        }

        @Override
        public void beforeCommit(boolean readOnly) {
            changes.keySet().removeAll(beginning);
            changes.forEach((organizationId, changed) -> {
                List<Change> all = changed.all();
                if (!all.isEmpty()) {
                    write(organizationId, actor, all);
                }
            });
        }

        @Override
        public void afterCompletion(int status) {
            TransactionSynchronizationManager.unbindResource(AuditTrail.this);
        }
    }

    private void write(long organizationId, Actor actor, List<Change> changes) {
        // The statement reads names and addresses from the tables.
        entities.flush();
        Instant now = clock.instant();
        entities.createNativeQuery(WRITE)
                .setParameter("organization", organizationId)
                .setParameter("oldest", now.minus(AuditLog.KEPT))
                .setParameter("expiring", EXPIRING + changes.size())
                .setParameter("now", now)
                .setParameter("everywhere", EVERYWHERE)
                .setParameter("actorType", actor.kind().name())
                .setParameter("actorId", actor.id() == null ? 0 : actor.id())
                .setParameter("actorName", actor.name())
                .setParameter("actorAddress", orEmpty(actor.address()))
                .setParameter("events", texts(changes, change -> change.type().name()))
                .setParameter("members", numbers(changes, Change::member))
                .setParameter("objects", numbers(changes, change -> id(change.object())))
                .setParameter("objectNames", texts(changes, change -> name(change.object())))
                .setParameter("places", numbers(changes, change -> id(change.context())))
                .setParameter("placeNames", texts(changes, change -> name(change.context())))
                .setParameter("formers", texts(changes, Change::former))
                .setParameter("values", texts(changes, Change::value))
                .executeUpdate();
    }

    // The arrays hold no nulls: the statement turns empty texts and 0, which is no id, into null.
    private static String[] texts(List<Change> changes, Function<Change, @Nullable String> text) {
        return changes.stream().map(text).map(AuditTrail::orEmpty).toArray(String[]::new);
    }

    private static Long[] numbers(List<Change> changes, Function<Change, @Nullable Long> number) {
        return changes.stream()
                .map(number)
                .map(known -> known == null ? 0L : known)
                .toArray(Long[]::new);
    }

    private static @Nullable Long id(@Nullable Subject subject) {
        return subject == null ? null : subject.id();
    }

    private static @Nullable String name(@Nullable Subject subject) {
        return subject == null ? null : subject.name();
    }

    private static String orEmpty(@Nullable String text) {
        return text == null ? "" : text;
    }

    /**
     * An event to be written.
     *
     * @param member the id of the membership of the person it happened to, who is its object then
     * @param object what it happened to, if it is no person; null for a person and for the organisation
     * @param context the team or user group in which it happened
     */
    public record Change(
            Type type,
            @Nullable Long member,
            @Nullable Subject object,
            @Nullable Subject context,
            @Nullable String former,
            @Nullable String value) {

        /** An event of a team or a user group. */
        public static Change of(Type type, Subject subject, @Nullable String former, @Nullable String value) {
            return new Change(type, null, subject, subject, former, value);
        }

        /** An event of a person, by the id of the membership. */
        public static Change ofMember(
                Type type, long member, @Nullable Subject context, @Nullable String former, @Nullable String value) {
            return new Change(type, member, null, context, former, value);
        }
    }

    /** The word for a value in an event. */
    public static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    /** What changes in one organisation. */
    private static final class Changes {

        private final Map<Order, Map<Object, Before>> watched = new EnumMap<>(Order.class);
        private final List<Change> added = new ArrayList<>();

        Changes() {
            for (Order order : Order.values()) {
                watched.put(order, new LinkedHashMap<>());
            }
        }

        List<Change> all() {
            List<Change> all = new ArrayList<>();
            watched.values().forEach(subjects -> subjects.values().forEach(before -> all.addAll(before.changes())));
            all.addAll(added);
            return all;
        }
    }
}

package dev.miroscim.directory.audit;

import static dev.miroscim.directory.audit.AuditEvent.Type.USER_EMAIL_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_RENAMED;

import dev.miroscim.directory.StatementParameters;
import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditEvent.Type;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
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
import org.springframework.jdbc.core.JdbcTemplate;
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
    private static final String HELD_AND_EXPIRED = """
            held as (select id, name from organization where id = ? for key share),
            expired as (
              delete from audit_event e using (
                select created_at, id from audit_event
                where organization_id = ? and created_at < ?
                order by created_at, id limit ? for update skip locked) as old
              where e.organization_id = ? and e.created_at = old.created_at and e.id = old.id)
            """;

    private static final String INSERT = """
            insert into audit_event (organization_id, created_at, event, actor_type, actor_id, actor_name, actor_address,
              person_id, email, object_id, object_name, place_id, place_name, former_value, new_value)
            select coalesce(elsewhere.organization_id, held.id), ?, e.event, ?, ?, ?, ?,
            """;

    private static final String WRITE = "with " + HELD_AND_EXPIRED + INSERT + """
              m.profile_id, p.email, coalesce(m.profile_id, nullif(e.object, 0), held.id),
              coalesce(p.full_name, nullif(e.object_name, ''), held.name), nullif(e.place, 0), nullif(e.place_name, ''),
              nullif(e.former, ''), nullif(e.value, '')
            from held cross join unnest(?, ?, ?, ?, ?, ?, ?, ?)
              with ordinality as e (event, place, place_name, former, value, member, object, object_name, position)
            left join membership m on m.id = e.member
            left join profile p on p.id = m.profile_id
            left join membership elsewhere
              on elsewhere.profile_id = case when e.event = any(?) then m.profile_id end
              and elsewhere.status <> 'REMOVED'
            order by e.position
            """;

    private final EntityManager entities;
    private final JdbcTemplate database;
    private final Actors actors;
    private final Clock clock;

    AuditTrail(EntityManager entities, JdbcTemplate database, Actors actors, Clock clock) {
        this.entities = entities;
        this.database = database;
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
        Events events = new Events(organizationId, actor, changes, clock.instant());
        database.update(WRITE, statement -> {
            StatementParameters parameters = new StatementParameters(statement);
            events.setFrame(parameters);
            events.setPlacesAndValues(parameters)
                    .numbers(numbers(changes, Change::member))
                    .numbers(numbers(changes, change -> id(change.object())))
                    .texts(texts(changes, change -> name(change.object())))
                    .texts(EVERYWHERE);
        });
    }

    /**
     * CTEs that write the events of one person within a statement that changes the person: the last is {@code logged}.
     * Their parameters are set by {@link Events#setPerson}.
     *
     * @param further SQL that selects more events: type, id and name of the place, former value, new value, position;
     *     empty if there are none
     */
    public static String loggingPerson(String further) {
        return HELD_AND_EXPIRED + """
                , logged as (
                %s
                  person.id, person.email, person.id, person.full_name, nullif(e.place, 0), nullif(e.place_name, ''),
                  nullif(e.former, ''), nullif(e.value, '')
                from held
                cross join (select cast(? as bigint) as id, cast(? as text) as email, cast(? as text) as full_name) as person
                cross join (
                  select * from unnest(?, ?, ?, ?, ?) with ordinality
                    as listed (event, place, place_name, former, value, position)
                  %s) as e
                left join membership elsewhere
                  on elsewhere.profile_id = case when e.event = any(?) then person.id end
                  and elsewhere.status <> 'REMOVED'
                order by e.position)
                """.formatted(INSERT, further.isEmpty() ? "" : "union all " + further);
    }

    /**
     * Takes the events so far out of the transaction, for a statement that writes them along with the person: see {@link
     * #loggingPerson}.
     *
     * @param member the id of the person's membership
     * @return empty if there are none, or if some are of other people or things and stay for the end of the transaction
     */
    public Optional<Events> take(long organizationId, long member) {
        return transaction().flatMap(transaction -> {
            Changes changes = transaction.changes.get(organizationId);
            if (changes == null || transaction.beginning.contains(organizationId)) {
                return Optional.empty();
            }
            List<Change> all = changes.all();
            if (all.isEmpty()
                    || !all.stream().allMatch(change -> Long.valueOf(member).equals(change.member()))) {
                return Optional.empty();
            }
            transaction.changes.remove(organizationId);
            return Optional.of(new Events(organizationId, transaction.actor, all, clock.instant()));
        });
    }

    /** Events that are about to be written. */
    public static final class Events {

        private final long organizationId;
        private final Actor actor;
        private final List<Change> changes;
        private final Instant now;

        private Events(long organizationId, Actor actor, List<Change> changes, Instant now) {
            this.organizationId = organizationId;
            this.actor = actor;
            this.changes = changes;
            this.now = now;
        }

        /** Sets the parameters of {@link #loggingPerson}; the person is as the events leave it. */
        public void setPerson(StatementParameters parameters, long id, String email, String fullName)
                throws SQLException {
            setFrame(parameters);
            setPlacesAndValues(parameters.number(id).text(email).text(fullName)).texts(EVERYWHERE);
        }

        private void setFrame(StatementParameters parameters) throws SQLException {
            parameters
                    .number(organizationId)
                    .number(organizationId)
                    .time(now.minus(AuditLog.KEPT))
                    .number((long) EXPIRING + changes.size())
                    .number(organizationId)
                    .time(now)
                    .constant(actor.kind())
                    .number(actor.id())
                    .text(actor.name())
                    .text(actor.address());
        }

        private StatementParameters setPlacesAndValues(StatementParameters parameters) throws SQLException {
            return parameters
                    .texts(texts(changes, change -> change.type().name()))
                    .numbers(numbers(changes, change -> id(change.context())))
                    .texts(texts(changes, change -> name(change.context())))
                    .texts(texts(changes, Change::former))
                    .texts(texts(changes, Change::value));
        }
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

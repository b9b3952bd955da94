package dev.miroscim.directory.audit;

import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_CREATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_DELETED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_MEMBER_ADDED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_MEMBER_REMOVED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_MEMBER_ROLE_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_RENAMED;
import static dev.miroscim.directory.audit.AuditEvent.Type.TEAM_SECURITY_GROUP_RENAMED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_ADMIN_ROLES_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_CREATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_DEACTIVATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_DELETED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_EMAIL_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_CREATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_DELETED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_MEMBER_ADDED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_MEMBER_REMOVED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_RENAMED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_LICENSE_CHANGED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_REACTIVATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_RENAMED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_ROLE_CHANGED;

import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditEvent.Type;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.Profile;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.directory.usergroups.UserGroup;
import jakarta.persistence.EntityManager;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.hibernate.Session;
import org.hibernate.query.NativeQuery;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Writes down what a transaction changes for somebody, for the {@link AuditLog}. Whom and what it watches, it compares
 * with what they were once all is done; what happens in the database alone, it is told. One statement before the commit
 * writes all of it. There is none if nothing changed, and none if the transaction is rolled back.
 */
@Component
public class AuditTrail {

    /** What happens to a person in all of Miro, so that every organisation the person is in writes it down. */
    private static final String[] EVERYWHERE = {USER_RENAMED.name(), USER_EMAIL_CHANGED.name()};

    /** How many events that are too old go with those that come, beside as many as come: more than ever wait. */
    private static final int EXPIRING = 1_000;

    // Rows that another transaction is deleting are left to it, so that none waits for the other.
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

    /** Writes down what happened to the organisation as a whole. */
    public void happened(long organizationId, Type type) {
        of(organizationId).ifPresent(changes -> changes.add(type, null, null, null, null, null));
    }

    /** From here on, what the transaction does to the organisation is how it begins, and no change. */
    public void begin(long organizationId) {
        transaction().ifPresent(transaction -> transaction.beginning.add(organizationId));
    }

    /** Forgets all that happened in the organisation, which begins again. */
    public void beginAgain(long organizationId) {
        entities.createNativeQuery("delete from audit_event where organization_id = :organization")
                .setParameter("organization", organizationId)
                .executeUpdate();
        begin(organizationId);
    }

    /** Watches people, of whom each may also be in other organisations. */
    public void watch(Collection<Membership> people) {
        for (Membership person : people) {
            of(person.organizationId()).ifPresent(changes -> {
                changes.people.computeIfAbsent(person, Standing::of);
                changes.profiles.computeIfAbsent(person.profile(), Identity::of);
            });
        }
    }

    /** Watches somebody who has never been in the organisation. */
    public void watchNewcomer(Membership newcomer) {
        of(newcomer.organizationId()).ifPresent(changes -> changes.people.put(newcomer, Standing.OUTSIDE));
    }

    /** Watches by what a person is known who comes from other organisations. */
    public void watch(long organizationId, Profile known) {
        of(organizationId).ifPresent(changes -> changes.profiles.computeIfAbsent(known, Identity::of));
    }

    /** Watches the names of a team. */
    public void watch(Team team) {
        of(team.organizationId())
                .ifPresent(changes ->
                        changes.teams.computeIfAbsent(team, known -> new TeamNames(known.name(), known.groupName())));
    }

    /** Watches the name of a user group. */
    public void watch(UserGroup group) {
        of(group.organizationId()).ifPresent(changes -> changes.userGroups.computeIfAbsent(group, UserGroup::name));
    }

    public void created(Team team) {
        of(team.organizationId()).ifPresent(changes -> changes.add(TEAM_CREATED, team));
    }

    public void deleted(Team team, Collection<Long> members) {
        of(team.organizationId()).ifPresent(changes -> {
            members.forEach(member -> changes.add(TEAM_MEMBER_REMOVED, member, subject(team), null, null));
            changes.add(TEAM_DELETED, team);
        });
    }

    public void created(UserGroup group) {
        of(group.organizationId()).ifPresent(changes -> changes.add(USER_GROUP_CREATED, group));
    }

    public void deleted(UserGroup group, Collection<Long> members) {
        left(group, members);
        of(group.organizationId()).ifPresent(changes -> changes.add(USER_GROUP_DELETED, group));
    }

    /**
     * What became of somebody's place in a team.
     *
     * @param member the id of the membership, as in everything here
     * @param former what the person was there before; null for a new place
     * @param role what the person is there; null if the place is no more
     */
    public record Seat(
            Subject team,
            long member,
            @Nullable TeamRole former,
            @Nullable TeamRole role) {

        /** Changes seats by a statement that returns what the parts of this record are, a team by its id and name. */
        public static List<Seat> read(
                EntityManager entities, String sql, UnaryOperator<NativeQuery<Object[]>> parameters) {
            return parameters
                    .apply(entities.unwrap(Session.class)
                            .createNativeQuery(sql, Object[].class)
                            .addScalar("team_id", Long.class)
                            .addScalar("team_name", String.class)
                            .addScalar("member", Long.class)
                            .addScalar("former", String.class)
                            .addScalar("role", String.class))
                    .getResultList()
                    .stream()
                    .map(row -> new Seat(
                            new Subject((Long) row[0], (String) row[1]), (Long) row[2], role(row[3]), role(row[4])))
                    .toList();
        }

        private static @Nullable TeamRole role(@Nullable Object name) {
            return name == null ? null : TeamRole.valueOf((String) name);
        }
    }

    public void moved(long organizationId, Collection<Seat> seats) {
        of(organizationId).ifPresent(changes -> seats.forEach(changes::move));
    }

    /** The same of one seat, in place of what was told of it before. */
    public void movedAfterAll(long organizationId, Seat seat) {
        of(organizationId).ifPresent(changes -> {
            changes.told.removeIf(change -> change.type() == TEAM_MEMBER_ROLE_CHANGED
                    && Objects.equals(change.member(), seat.member())
                    && seat.team().equals(change.place()));
            changes.move(seat);
        });
    }

    public void joined(UserGroup group, Collection<Long> members) {
        of(group.organizationId())
                .ifPresent(changes -> members.forEach(
                        member -> changes.add(USER_GROUP_MEMBER_ADDED, member, subject(group), null, null)));
    }

    public void left(UserGroup group, Collection<Long> members) {
        members.forEach(member -> left(group.organizationId(), subject(group), member));
    }

    public void left(long organizationId, Subject userGroup, long member) {
        of(organizationId).ifPresent(changes -> changes.add(USER_GROUP_MEMBER_REMOVED, member, userGroup, null, null));
    }

    public void leftOrganization(long organizationId, Collection<Long> members) {
        of(organizationId)
                .ifPresent(changes -> members.forEach(member -> changes.add(USER_DELETED, member, null, null, null)));
    }

    public static Subject subject(Team team) {
        return new Subject(team.id(), team.name());
    }

    private static Subject subject(UserGroup group) {
        return new Subject(group.id(), group.name());
    }

    /** What the transaction changes in the organisation; nothing, if nobody is at work or the organisation begins. */
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
        // Names and addresses are taken from the tables.
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
                .setParameter("places", numbers(changes, change -> id(change.place())))
                .setParameter("placeNames", texts(changes, change -> name(change.place())))
                .setParameter("formers", texts(changes, Change::former))
                .setParameter("values", texts(changes, Change::value))
                .executeUpdate();
    }

    // PostgreSQL gets no nulls in arrays: the statement makes them of nothing and of 0, which is no id.
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
     * @param member the id of the membership of the person it happened to, who is the object then
     */
    private record Change(
            Type type,
            @Nullable Long member,
            @Nullable Subject object,
            @Nullable Subject place,
            @Nullable String former,
            @Nullable String value) {}

    /** What changes in one organisation. */
    private static final class Changes {

        private final Map<Membership, Standing> people = new LinkedHashMap<>();
        private final Map<Profile, Identity> profiles = new LinkedHashMap<>();
        private final Map<Team, TeamNames> teams = new LinkedHashMap<>();
        private final Map<UserGroup, String> userGroups = new LinkedHashMap<>();
        private final List<Change> told = new ArrayList<>();

        void add(Type type, Team team) {
            add(type, null, subject(team), subject(team), null, null);
        }

        void add(Type type, UserGroup group) {
            add(type, null, subject(group), subject(group), null, null);
        }

        void add(Type type, long member, @Nullable Subject place, @Nullable String former, @Nullable String value) {
            add(type, member, null, place, former, value);
        }

        void add(
                Type type,
                @Nullable Long member,
                @Nullable Subject object,
                @Nullable Subject place,
                @Nullable String former,
                @Nullable String value) {
            told.add(new Change(type, member, object, place, former, value));
        }

        void move(Seat seat) {
            Type type = seat.former() == null
                    ? TEAM_MEMBER_ADDED
                    : seat.role() == null ? TEAM_MEMBER_REMOVED : TEAM_MEMBER_ROLE_CHANGED;
            add(type, seat.member(), seat.team(), word(seat.former()), word(seat.role()));
        }

        /** All events, in the order in which they make sense: who comes and what somebody is before what follows. */
        List<Change> all() {
            List<Change> all = new ArrayList<>();
            people.forEach((person, before) -> before.compare(person, all));
            people.keySet().forEach(person -> {
                Identity before = profiles.get(person.profile());
                if (before != null) {
                    before.compare(person, all);
                }
            });
            teams.forEach((team, before) -> before.compare(team, all));
            userGroups.forEach((group, name) -> {
                if (!group.name().equals(name)) {
                    all.add(new Change(USER_GROUP_RENAMED, null, subject(group), subject(group), name, group.name()));
                }
            });
            all.addAll(told);
            return all;
        }
    }

    /** What somebody is in the organisation. */
    private record Standing(
            Status status,
            OrganizationRole role,
            SortedSet<String> adminRoles,
            @Nullable License license) {

        /** Of whoever never was in it. */
        static final Standing OUTSIDE =
                new Standing(Status.REMOVED, OrganizationRole.INTERNAL_USER, Collections.emptySortedSet(), null);

        static Standing of(Membership person) {
            return new Standing(person.status(), person.role(), person.adminRoles(), person.license());
        }

        void compare(Membership person, List<Change> changes) {
            Standing now = of(person);
            if (status == Status.REMOVED) {
                if (now.status == Status.REMOVED) {
                    return;
                }
                changes.add(change(USER_CREATED, person, null, null));
            } else {
                if (role != now.role) {
                    changes.add(change(USER_ROLE_CHANGED, person, word(role), word(now.role)));
                }
                if (!adminRoles.equals(now.adminRoles)) {
                    changes.add(change(USER_ADMIN_ROLES_CHANGED, person, listed(adminRoles), listed(now.adminRoles)));
                }
                if (license != now.license) {
                    changes.add(change(USER_LICENSE_CHANGED, person, word(license), word(now.license)));
                }
            }
            if (status != Status.DEACTIVATED && now.status == Status.DEACTIVATED) {
                changes.add(change(USER_DEACTIVATED, person, null, null));
            } else if (status == Status.DEACTIVATED && now.status == Status.ACTIVE) {
                changes.add(change(USER_REACTIVATED, person, null, null));
            }
        }
    }

    /** By what a person is known in all of Miro. */
    private record Identity(String email, String name) {

        static Identity of(Profile profile) {
            return new Identity(profile.email(), profile.fullName().value());
        }

        void compare(Membership person, List<Change> changes) {
            Identity now = of(person.profile());
            if (!email.equals(now.email)) {
                changes.add(change(USER_EMAIL_CHANGED, person, email, now.email));
            }
            // An address that stands in for a name changes with it, and is no other name.
            boolean named = !name.equals(email) || !now.name.equals(now.email);
            if (named && !name.equals(now.name)) {
                changes.add(change(USER_RENAMED, person, name, now.name));
            }
        }
    }

    private record TeamNames(String name, String groupName) {

        void compare(Team team, List<Change> changes) {
            if (!name.equals(team.name())) {
                changes.add(new Change(TEAM_RENAMED, null, subject(team), subject(team), name, team.name()));
            }
            if (!groupName.equals(team.groupName())) {
                changes.add(new Change(
                        TEAM_SECURITY_GROUP_RENAMED, null, subject(team), subject(team), groupName, team.groupName()));
            }
        }
    }

    private static Change change(Type type, Membership person, @Nullable String former, @Nullable String value) {
        return new Change(type, person.id(), null, null, former, value);
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    private static String word(OrganizationRole role) {
        return role.wireName().toLowerCase(Locale.ROOT);
    }

    private static String listed(SortedSet<String> names) {
        return String.join(", ", names);
    }
}

package dev.miroscim.directory.snapshots;

import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.VisibleMembers;
import dev.miroscim.directory.snapshots.OrganizationChanges.BoardChanges;
import dev.miroscim.directory.snapshots.OrganizationChanges.BoardMove;
import dev.miroscim.directory.snapshots.OrganizationChanges.BoardPlace;
import dev.miroscim.directory.snapshots.OrganizationChanges.GroupChange;
import dev.miroscim.directory.snapshots.OrganizationChanges.GroupChanges;
import dev.miroscim.directory.snapshots.OrganizationChanges.MemberChange;
import dev.miroscim.directory.snapshots.OrganizationChanges.Named;
import dev.miroscim.directory.snapshots.OrganizationChanges.PeopleChanges;
import dev.miroscim.directory.snapshots.OrganizationChanges.Person;
import dev.miroscim.directory.snapshots.OrganizationChanges.PersonChange;
import dev.miroscim.directory.snapshots.OrganizationChanges.RoleChange;
import dev.miroscim.directory.snapshots.OrganizationChanges.SeatsChange;
import dev.miroscim.directory.snapshots.OrganizationChanges.ValueChange;
import dev.miroscim.directory.teams.TeamRole;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.NullNode;

/** Compares an organisation with an earlier snapshot of it. Only rows that differ leave the database. */
@Service
public class ChangesSince {

    /** The columns whose changes are reported, with the control API's names for them. */
    private static final Map<String, String> OF_PROFILES = names(
            "email",
            "email",
            "full_name",
            "name",
            "given_name",
            "givenName",
            "family_name",
            "familyName",
            "registered",
            "registered",
            "photo_url",
            "photo",
            "preferred_language",
            "language");

    private static final Map<String, String> OF_MEMBERSHIPS = names(
            "role",
            "role",
            "admin_roles",
            "adminRoles",
            "license",
            "license",
            "employee_number",
            "employeeNumber",
            "cost_center",
            "costCenter",
            "organization_unit",
            "organization",
            "division",
            "division",
            "department",
            "department",
            "manager_id",
            "manager",
            "manager_name",
            "managerName");

    private static final Map<String, String> OF_TEAMS =
            names("name", "name", "group_name", "securityGroup", "default_team", "defaultTeam");

    private static final Map<String, String> OF_USER_GROUPS = names("name", "name", "description", "description");

    private static final String ACTIVE = "ACTIVE";
    private static final String REMOVED = "REMOVED";

    private final JdbcClient database;
    private final Snapshots snapshots;
    private final Organizations organizations;
    private final JsonMapper json;

    ChangesSince(JdbcClient database, Snapshots snapshots, Organizations organizations, JsonMapper json) {
        this.database = database;
        this.snapshots = snapshots;
        this.organizations = organizations;
        this.json = json;
    }

    /** What has changed since the snapshot called {@code name}. */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public OrganizationChanges compare(long organizationId, String name) {
        return new Comparison(organizationId, snapshots.get(organizationId, name)).changes();
    }

    private static Map<String, String> names(String... columnsAndNames) {
        Map<String, String> names = new LinkedHashMap<>();
        for (int i = 0; i < columnsAndNames.length; i += 2) {
            names.put(columnsAndNames[i], columnsAndNames[i + 1]);
        }
        return names;
    }

    /** A row before and now; missing where it did not or does not exist. */
    private record Difference(JsonNode before, JsonNode now) {

        static final Difference NONE = new Difference(NullNode.getInstance(), NullNode.getInstance());

        /** The same, as if rows that {@code ended} did not exist. */
        Difference without(Predicate<JsonNode> ended) {
            return new Difference(
                    ended.test(before) ? NullNode.getInstance() : before,
                    ended.test(now) ? NullNode.getInstance() : now);
        }

        /** One difference of two rows that stand for the same thing. */
        Difference with(Difference other) {
            return new Difference(isNew() ? other.before : before, isGone() ? other.now : now);
        }

        boolean isNew() {
            return before.isNull();
        }

        boolean isGone() {
            return now.isNull();
        }

        JsonNode any() {
            return isGone() ? before : now;
        }

        List<ValueChange> values(Map<String, String> columns) {
            List<ValueChange> changes = new ArrayList<>();
            columns.forEach((column, name) -> {
                Object from = value(column, before.path(column));
                Object to = value(column, now.path(column));
                if (!Objects.equals(from, to)) {
                    changes.add(new ValueChange(name, from, to));
                }
            });
            return changes;
        }

        private static @Nullable Object value(String column, JsonNode value) {
            if (value.isNull() || value.isMissingNode()) {
                return null;
            }
            return switch (column) {
                case "license" -> License.valueOf(value.stringValue());
                case "role" -> OrganizationRole.valueOf(value.stringValue());
                // Ids are texts in JSON: many clients would round such large numbers.
                case "manager_id" -> value.asString();
                default -> value.isBoolean() ? value.booleanValue() : value.isArray() ? value : value.asString();
            };
        }
    }

    /** One comparison. */
    private class Comparison {

        private final long organizationId;
        private final Snapshot since;
        /** The people of memberships, by the id of the membership. */
        private final Map<Long, Person> members = new HashMap<>();

        Comparison(long organizationId, Snapshot since) {
            this.organizationId = organizationId;
            this.since = since;
        }

        OrganizationChanges changes() {
            List<Difference> memberships = differences(CopiedTable.MEMBERSHIP);
            List<Difference> teamMembers = differences(CopiedTable.TEAM_MEMBER);
            List<Difference> userGroupMembers = differences(CopiedTable.USER_GROUP_MEMBER);
            List<Difference> boards = differences(CopiedTable.BOARD);
            Set<Long> ids = ids(memberships, "id");
            ids.addAll(ids(teamMembers, "membership_id"));
            ids.addAll(ids(userGroupMembers, "membership_id"));
            ids.addAll(ids(boards, "owner_id"));
            findMembers(ids);
            Set<Long> teamIds = ids(teamMembers, "team_id");
            teamIds.addAll(ids(boards, "team_id"));
            Map<Long, Named> teams = named(CopiedTable.TEAM, teamIds);
            Map<Long, Named> userGroups = named(CopiedTable.USER_GROUP, ids(userGroupMembers, "user_group_id"));
            return new OrganizationChanges(
                    since,
                    people(differences(CopiedTable.PROFILE), memberships),
                    groups(differences(CopiedTable.TEAM), OF_TEAMS, places(teamMembers, "team_id", teams)),
                    groups(
                            differences(CopiedTable.USER_GROUP),
                            OF_USER_GROUPS,
                            places(userGroupMembers, "user_group_id", userGroups)),
                    seats(),
                    boards(boards, teams),
                    settings());
        }

        private List<Difference> differences(CopiedTable table) {
            return database.sql(table.differing())
                    .param("snapshot", since.id())
                    .param("organization", organizationId)
                    .query((row, _) -> new Difference(tree(row.getString("earlier")), tree(row.getString("present"))))
                    .list();
        }

        private static Set<Long> ids(List<Difference> differences, String column) {
            Set<Long> ids = new HashSet<>();
            for (Difference difference : differences) {
                for (JsonNode row : List.of(difference.before(), difference.now())) {
                    if (row.has(column)) {
                        ids.add(row.path(column).longValue());
                    }
                }
            }
            return ids;
        }

        private void findMembers(Set<Long> memberships) {
            database.sql("""
                            with known as (
                              select id, profile_id from membership where id = any(:ids)
                              union
                              select r.key::bigint, (r.content ->> 'profile_id')::bigint from snapshot_row r
                              where r.snapshot_id = :snapshot and r.source = 'membership' and r.key = any(:keys))
                            select known.id, known.profile_id, coalesce(p.email, r.content ->> 'email') as email,
                              coalesce(p.full_name, r.content ->> 'full_name') as name
                            from known left join profile p on p.id = known.profile_id
                            left join snapshot_row r on r.snapshot_id = :snapshot and r.source = 'profile'
                              and r.key = known.profile_id::text
                            """)
                    .param("snapshot", since.id())
                    .param("ids", memberships.toArray(Long[]::new))
                    .param("keys", memberships.stream().map(String::valueOf).toArray(String[]::new))
                    .query(row -> {
                        members.put(
                                row.getLong("id"),
                                new Person(row.getString("profile_id"), row.getString("email"), row.getString("name")));
                    });
        }

        /** The names of teams or user groups, as they are now, or were. */
        private Map<Long, Named> named(CopiedTable table, Set<Long> ids) {
            Map<Long, Named> found = new HashMap<>();
            database.sql("""
                            select key, content ->> 'name' as name from snapshot_row
                            where snapshot_id = :snapshot and source = '%1$s' and key = any(:keys)
                            union all select id::text, name from %1$s where id = any(:ids)
                            """.formatted(table.table()))
                    .param("snapshot", since.id())
                    .param("ids", ids.toArray(Long[]::new))
                    .param("keys", ids.stream().map(String::valueOf).toArray(String[]::new))
                    .query(row -> {
                        found.put(row.getLong("key"), new Named(row.getString("key"), row.getString("name")));
                    });
            return found;
        }

        /** A person's membership can have another row by now, as after a reset, so its rows are put together. */
        private PeopleChanges people(List<Difference> profiles, List<Difference> memberships) {
            Map<String, Person> persons = new TreeMap<>();
            Map<String, Difference> ofMembers = new HashMap<>();
            for (Difference row : memberships) {
                Person person = members.get(row.any().path("id").longValue());
                persons.put(person.id(), person);
                Difference present = row.without(
                        membership -> REMOVED.equals(membership.path("status").asString()));
                ofMembers.merge(person.id(), present, Difference::with);
            }
            Map<String, Difference> ofProfiles = new HashMap<>();
            for (Difference row : profiles) {
                String id = row.any().path("id").asString();
                ofProfiles.put(id, row);
                persons.putIfAbsent(
                        id,
                        new Person(
                                id,
                                row.any().path("email").asString(),
                                row.any().path("full_name").asString()));
            }
            PeopleChanges changes = new PeopleChanges(
                    new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            persons.forEach((id, person) -> {
                Difference membership = ofMembers.getOrDefault(id, Difference.NONE);
                if (membership.isNew() && !membership.isGone()) {
                    changes.created().add(person);
                } else if (membership.isGone() && !membership.isNew()) {
                    changes.gone().add(person);
                } else if (!membership.isNew() || !ofMembers.containsKey(id)) {
                    addChanges(changes, person, membership, ofProfiles.getOrDefault(id, Difference.NONE));
                }
            });
            return changes;
        }

        private static void addChanges(
                PeopleChanges changes, Person person, Difference membership, Difference profile) {
            boolean before = ACTIVE.equals(membership.before().path("status").asString());
            boolean now = ACTIVE.equals(membership.now().path("status").asString());
            if (before != now) {
                (now ? changes.reactivated() : changes.deactivated()).add(person);
            }
            List<ValueChange> values = new ArrayList<>();
            if (!profile.isNew() && !profile.isGone()) {
                values.addAll(profile.values(OF_PROFILES));
            }
            values.addAll(membership.values(OF_MEMBERSHIPS));
            if (!values.isEmpty()) {
                changes.changed().add(new PersonChange(person, values));
            }
        }

        /** A person's place in a team or user group, in any row. */
        private record Place(Named group, Person person) {}

        private Map<Place, Difference> places(List<Difference> rows, String column, Map<Long, Named> groups) {
            Map<Place, Difference> places = new LinkedHashMap<>();
            for (Difference row : rows) {
                Place place = new Place(
                        groups.get(row.any().path(column).longValue()),
                        members.get(row.any().path("membership_id").longValue()));
                places.merge(place, row, Difference::with);
            }
            return places;
        }

        private GroupChanges groups(
                List<Difference> groups, Map<String, String> columns, Map<Place, Difference> places) {
            GroupChanges changes = new GroupChanges(
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>(),
                    new ArrayList<>());
            for (Difference row : groups) {
                Named group = new Named(
                        row.any().path("id").asString(), row.any().path("name").asString());
                if (row.isNew()) {
                    changes.created().add(group);
                } else if (row.isGone()) {
                    changes.gone().add(group);
                } else if (!row.values(columns).isEmpty()) {
                    changes.changed().add(new GroupChange(group, row.values(columns)));
                }
            }
            places.forEach((place, row) -> {
                TeamRole from = role(row.before());
                TeamRole to = role(row.now());
                if (row.isNew()) {
                    changes.joined().add(new MemberChange(place.group(), place.person(), to));
                } else if (row.isGone()) {
                    changes.left().add(new MemberChange(place.group(), place.person(), from));
                } else if (from != null && to != null && from != to) {
                    changes.roles().add(new RoleChange(place.group(), place.person(), from, to));
                }
            });
            return changes;
        }

        private static @Nullable TeamRole role(JsonNode row) {
            return row.has("role") ? TeamRole.valueOf(row.path("role").stringValue()) : null;
        }

        private BoardChanges boards(List<Difference> rows, Map<Long, Named> teams) {
            BoardChanges changes = new BoardChanges(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            for (Difference row : rows) {
                BoardPlace from = row.isNew() ? null : place(row.before(), teams);
                BoardPlace to = row.isGone() ? null : place(row.now(), teams);
                if (from == null && to != null) {
                    changes.created().add(to);
                } else if (to == null && from != null) {
                    changes.gone().add(from);
                } else if (from != null && to != null && !from.equals(to)) {
                    changes.moved().add(new BoardMove(from, to));
                }
            }
            forgetReplaced(changes);
            return changes;
        }

        /** After a reset, boards have other ids, but are the same to a person. */
        private static void forgetReplaced(BoardChanges changes) {
            Map<List<Object>, Deque<BoardPlace>> gone = new HashMap<>();
            changes.gone()
                    .forEach(place -> gone.computeIfAbsent(likeness(place), _ -> new ArrayDeque<>())
                            .add(place));
            Set<BoardPlace> same = Collections.newSetFromMap(new IdentityHashMap<>());
            for (BoardPlace created : changes.created()) {
                BoardPlace former =
                        gone.getOrDefault(likeness(created), new ArrayDeque<>()).poll();
                if (former != null) {
                    same.add(former);
                    same.add(created);
                }
            }
            changes.created().removeIf(same::contains);
            changes.gone().removeIf(same::contains);
        }

        private static List<Object> likeness(BoardPlace place) {
            return List.of(
                    place.board().name(), place.team().id(), place.owner().id());
        }

        private BoardPlace place(JsonNode board, Map<Long, Named> teams) {
            return new BoardPlace(
                    new Named(board.path("id").asString(), board.path("name").asString()),
                    teams.get(board.path("team_id").longValue()),
                    members.get(board.path("owner_id").longValue()));
        }

        private List<SeatsChange> seats() {
            return database
                    .sql("""
                            select license, sum(before) as before, sum(after) as after from (
                              select r.content ->> 'license' as license, 1 as before, 0 as after from snapshot_row r
                              where r.snapshot_id = :snapshot and r.source = 'membership'
                                and r.content ->> 'status' = 'ACTIVE'
                                and r.content ->> 'role' in ('INTERNAL_ADMIN', 'INTERNAL_USER')
                              union all
                              select m.license, 0, 1 from membership m
                              where m.organization_id = :organization and m.status = 'ACTIVE' and %s) as taken
                            group by license having sum(before) <> sum(after)
                            """.formatted(VisibleMembers.SQL))
                    .param("snapshot", since.id())
                    .param("organization", organizationId)
                    .query((row, _) -> new SeatsChange(
                            License.valueOf(row.getString("license")), row.getLong("before"), row.getLong("after")))
                    .list()
                    .stream()
                    .sorted(Comparator.comparing(SeatsChange::license))
                    .toList();
        }

        private List<ValueChange> settings() {
            JsonNode before = json.valueToTree(snapshots.settings(since));
            JsonNode now = json.valueToTree(organizations.get(organizationId).settings());
            return now.propertyStream()
                    .filter(setting -> !setting.getValue().equals(before.get(setting.getKey())))
                    .map(setting -> new ValueChange(setting.getKey(), before.get(setting.getKey()), setting.getValue()))
                    .toList();
        }

        private JsonNode tree(@Nullable String content) {
            return content == null ? NullNode.getInstance() : json.readTree(content);
        }
    }
}

package dev.miroscim.emulator.seed;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.emulator.seed.SeedDocument.Board;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import dev.miroscim.emulator.seed.SeedDocument.Role;
import dev.miroscim.emulator.seed.SeedDocument.Team;
import dev.miroscim.emulator.seed.SeedDocument.UserGroup;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Exports the contents of an organisation as a seed, without fields that have their default. */
@Service
public class SeedExport {

    private final JdbcClient database;
    private final Organizations organizations;

    SeedExport(JdbcClient database, Organizations organizations) {
        this.database = database;
        this.organizations = organizations;
    }

    /** A board with its id. */
    public record NumberedBoard(long id, Board board) {}

    private record MemberPlace(long membership, Place place) {}

    /**
     * Exports everything except tokens, of which only hashes are known.
     *
     * @param withIds whether to include ids of teams, people and user groups; such a seed can only be imported where
     *     these ids are not in use
     * @throws IllegalStateException if two teams have the same name, which the format cannot express
     */
    @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
    public SeedDocument.Organization export(long organizationId, boolean withIds) {
        Organization organization = organizations.get(organizationId);
        List<Team> teams = teams(organizationId);
        requireNamesOfTheirOwn(teams);
        return new SeedDocument.Organization(
                organization.name(),
                organization.settings(),
                null,
                null,
                withIds ? teams : teams.stream().map(team -> team.withId(null)).toList(),
                people(organizationId).stream()
                        .map(person -> withIds ? person : person.withId(null))
                        .toList(),
                userGroups(organizationId).stream()
                        .map(group -> withIds ? group : group.withId(null))
                        .toList(),
                boards(organizationId).stream().map(NumberedBoard::board).toList());
    }

    /** All teams, oldest first. */
    @Transactional(readOnly = true)
    public List<Team> teams(long organizationId) {
        requireOrganization(organizationId);
        return database.sql("select id, name, group_name, default_team from team where organization_id = ? order by id")
                .param(organizationId)
                .query((row, _) -> new Team(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("group_name").equals(row.getString("name")) ? null : row.getString("group_name"),
                        row.getBoolean("default_team") ? true : null))
                .list();
    }

    /** Everybody in the organisation, guests included, in the order of their ids. */
    @Transactional(readOnly = true)
    public List<Person> people(long organizationId) {
        requireOrganization(organizationId);
        return people(organizationId, null);
    }

    /** The person with this id, if the organisation has one. */
    @Transactional(readOnly = true)
    public @Nullable Person person(long organizationId, long id) {
        List<Person> found = people(organizationId, id);
        return found.isEmpty() ? null : found.getFirst();
    }

    /** All boards, oldest first. */
    @Transactional(readOnly = true)
    public List<NumberedBoard> boards(long organizationId) {
        requireOrganization(organizationId);
        return database.sql("""
                        select b.id, b.name, t.name as team, p.email as owner
                        from board b join team t on t.id = b.team_id
                          join membership m on m.id = b.owner_id join profile p on p.id = m.profile_id
                        where t.organization_id = ? order by b.id
                        """)
                .param(organizationId)
                .query((row, _) -> new NumberedBoard(
                        row.getLong("id"),
                        new Board(row.getString("name"), row.getString("team"), row.getString("owner"))))
                .list();
    }

    private List<UserGroup> userGroups(long organizationId) {
        Map<Long, List<String>> members = textsOfGroups("""
                select gm.user_group_id, p.email as text
                from user_group_member gm join membership m on m.id = gm.membership_id join profile p on p.id = m.profile_id
                where m.organization_id = ? and m.status <> 'REMOVED' order by p.id
                """, organizationId);
        Map<Long, List<String>> teams = textsOfGroups("""
                select gt.user_group_id, t.name as text
                from user_group_team gt join team t on t.id = gt.team_id where t.organization_id = ? order by t.id
                """, organizationId);
        return database.sql("select id, name, description from user_group where organization_id = ? order by id")
                .param(organizationId)
                .query((row, _) -> new UserGroup(
                        row.getLong("id"),
                        row.getString("name"),
                        row.getString("description"),
                        members.get(row.getLong("id")),
                        teams.get(row.getLong("id"))))
                .list();
    }

    private Map<Long, List<String>> textsOfGroups(String sql, long organizationId) {
        return database
                .sql(sql)
                .param(organizationId)
                .query((row, _) -> Map.entry(row.getLong("user_group_id"), row.getString("text")))
                .list()
                .stream()
                .collect(groupingBy(Map.Entry::getKey, mapping(Map.Entry::getValue, toList())));
    }

    private List<Person> people(long organizationId, @Nullable Long id) {
        Map<Long, List<Place>> places = database
                .sql("""
                        select tm.membership_id, t.name, tm.role, m.role as organization_role
                        from team t join team_member tm on tm.team_id = t.id join membership m on m.id = tm.membership_id
                        where t.organization_id = :organization and (m.profile_id = :id or :id is null)
                        order by t.id
                        """)
                .param("organization", organizationId)
                .param("id", id, java.sql.Types.BIGINT)
                .query((row, _) -> place(row))
                .list()
                .stream()
                .collect(groupingBy(MemberPlace::membership, mapping(MemberPlace::place, toList())));
        return database.sql("""
                        select m.*, p.email, p.full_name, p.sent_given_name, p.sent_family_name, p.registered, p.photo_url, p.preferred_language,
                          (select mp.email from membership mm join profile mp on mp.id = mm.profile_id
                           where mm.organization_id = m.organization_id and mm.profile_id = m.manager_id
                             and mm.status <> 'REMOVED') as manager_email
                        from membership m join profile p on p.id = m.profile_id
                        where m.organization_id = :organization and m.status <> 'REMOVED'
                          and (m.profile_id = :id or :id is null)
                        order by m.profile_id
                        """)
                .param("organization", organizationId)
                .param("id", id, java.sql.Types.BIGINT)
                .query((row, _) -> person(row, places.getOrDefault(row.getLong("id"), List.of())))
                .list();
    }

    private static MemberPlace place(ResultSet row) throws SQLException {
        TeamRole role = TeamRole.valueOf(row.getString("role"));
        boolean usual = role == TeamRole.usualOf(OrganizationRole.valueOf(row.getString("organization_role")));
        return new MemberPlace(row.getLong("membership_id"), new Place(row.getString("name"), usual ? null : role));
    }

    private static Person person(ResultSet row, List<Place> places) throws SQLException {
        OrganizationRole role = OrganizationRole.valueOf(row.getString("role"));
        License license = License.valueOf(row.getString("license"));
        String email = row.getString("email");
        String name = row.getString("full_name");
        String manager = row.getString("manager_email");
        return new Person(
                row.getLong("profile_id"),
                email,
                name.equals(email) ? null : name,
                row.getString("sent_given_name"),
                row.getString("sent_family_name"),
                role == OrganizationRole.INTERNAL_USER ? null : role(role),
                role.isMember() || license != License.FREE_RESTRICTED ? license : null,
                row.getString("status").equals("ACTIVE") ? null : false,
                row.getBoolean("registered") ? null : false,
                instant(row.getObject("last_activity_at", OffsetDateTime.class)),
                Arrays.stream((String[]) row.getArray("admin_roles").getArray())
                        .sorted()
                        .toList(),
                places,
                row.getString("photo_url"),
                row.getString("preferred_language"),
                row.getString("employee_number"),
                row.getString("cost_center"),
                row.getString("organization_unit"),
                row.getString("division"),
                row.getString("department"),
                manager == null ? Objects.toString(row.getObject("manager_id"), null) : manager,
                row.getString("manager_name"));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }

    private static Role role(OrganizationRole role) {
        return Arrays.stream(Role.values())
                .filter(name -> name.organizationRole() == role)
                .findFirst()
                .orElseThrow();
    }

    private static void requireNamesOfTheirOwn(List<Team> teams) {
        Set<String> names = new HashSet<>();
        for (Team team : teams) {
            if (!names.add(team.name().toLowerCase(Locale.ROOT))) {
                throw new IllegalStateException("Two teams are called '" + team.name() + "'; rename one of them first");
            }
        }
    }

    /** Fails for an unknown organisation, which would otherwise look like an empty one. */
    private void requireOrganization(long id) {
        organizations.get(id);
    }
}

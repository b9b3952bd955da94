package dev.miroscim.directory.administration;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.Membership.Status;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.teams.Board;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.directory.usergroups.UserGroup;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What is in an organisation, for administrators, who see everybody and everything: the inverse of a population. */
@Service
public class OrganizationContents {

    /** Column by column: as entities, a hundred thousand people would take several times as long. */
    private static final String PEOPLE = """
            select m.id as membership, p.id as id, p.email as email, p.fullName as fullName,
              p.sentGivenName as sentGivenName, p.sentFamilyName as sentFamilyName, m.role as role,
              m.license as license, m.status as status, p.registered as registered,
              m.lastActivityAt as lastActivityAt, m.adminRoles as adminRoles, %s
            from Membership m join m.profile p
            where m.organizationId = :organization and m.status <> REMOVED and (:id is null or p.id = :id)
            order by p.id
            """.formatted(UserAttribute.details().stream()
            .map(detail ->
                    "m.%s as %s".formatted(detail.column(), detail.name()).replace("m.profile.", "p."))
            .collect(joining(", ")));

    private final EntityManager entities;

    OrganizationContents(EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Somebody in the organisation.
     *
     * @param name the full name, or the e-mail address that stands in for it
     * @param sentGivenName the given name, if a client ever sent it
     * @param sentFamilyName the family name, if a client ever sent it
     * @param teams in the order of the teams' ids
     * @param details what else is known; the manager by e-mail address if it is somebody in the organisation
     */
    public record Person(
            long id,
            String email,
            String name,
            @Nullable String sentGivenName,
            @Nullable String sentFamilyName,
            OrganizationRole role,
            License license,
            boolean active,
            boolean registered,
            @Nullable Instant lastActivityAt,
            List<String> adminRoles,
            List<Place> teams,
            Map<UserAttribute, String> details) {}

    /** A person's place in a team, by the name of the team. */
    public record Place(String team, TeamRole role) {}

    /**
     * A user group.
     *
     * @param members e-mail addresses, in the order of the people's ids
     * @param teams names, in the order of the teams' ids
     */
    public record Group(UserGroup group, List<String> members, List<String> teams) {}

    /** All teams, oldest first. */
    @Transactional(readOnly = true)
    public List<Team> teams(long organizationId) {
        return select(
                        "select t from Team t where t.organizationId = :organization order by t.id",
                        Team.class,
                        organizationId)
                .getResultList();
    }

    /** Everybody, guests included, in the order of their ids. */
    @Transactional(readOnly = true)
    public List<Person> people(long organizationId) {
        return people(organizationId, null);
    }

    /** The person with this id, if the organisation has one. */
    @Transactional(readOnly = true)
    public Optional<Person> person(long organizationId, long id) {
        return people(organizationId, id).stream().findFirst();
    }

    private List<Person> people(long organizationId, @Nullable Long id) {
        Map<Long, List<Place>> places = grouped(
                select("""
                        select tm.membership.id as id, t.name as name, tm.role as role
                        from TeamMember tm join tm.team t
                        where t.organizationId = :organization and (:id is null or tm.membership.profile.id = :id)
                        order by t.id
                        """, Tuple.class, organizationId).setParameter("id", id),
                row -> new Place(row.get("name", String.class), row.get("role", TeamRole.class)));
        Map<Long, String> managers = new HashMap<>();
        select("""
                select p.id as id, p.email as email from Membership m join m.profile p
                where m.organizationId = :organization and m.status <> REMOVED
                  and p.id in (select r.managerId from Membership r
                               where r.organizationId = :organization and (:id is null or r.profile.id = :id))
                """, Tuple.class, organizationId)
                .setParameter("id", id)
                .getResultStream()
                .forEach(row -> managers.put(row.get("id", Long.class), row.get("email", String.class)));
        return select(PEOPLE, Tuple.class, organizationId)
                .setParameter("id", id)
                .getResultStream()
                .map(row -> person(row, managers, places))
                .toList();
    }

    private static Person person(Tuple row, Map<Long, String> managers, Map<Long, List<Place>> places) {
        Map<UserAttribute, String> details = new EnumMap<>(UserAttribute.class);
        for (UserAttribute detail : UserAttribute.details()) {
            Object value = row.get(detail.name());
            String manager = detail == UserAttribute.MANAGER ? managers.get(value) : null;
            if (value != null) {
                details.put(detail, manager == null ? value.toString() : manager);
            }
        }
        return new Person(
                row.get("id", Long.class),
                row.get("email", String.class),
                row.get("fullName", String.class),
                row.get("sentGivenName", String.class),
                row.get("sentFamilyName", String.class),
                row.get("role", OrganizationRole.class),
                row.get("license", License.class),
                row.get("status", Status.class) == Status.ACTIVE,
                row.get("registered", Boolean.class),
                row.get("lastActivityAt", Instant.class),
                Stream.of(row.get("adminRoles", String[].class)).sorted().toList(),
                places.getOrDefault(row.get("membership", Long.class), List.of()),
                details);
    }

    /** All user groups, oldest first. */
    @Transactional(readOnly = true)
    public List<Group> userGroups(long organizationId) {
        Map<Long, List<String>> members = grouped(select("""
                select gm.userGroup.id as id, p.email as name
                from UserGroupMember gm join gm.membership m join m.profile p
                where m.organizationId = :organization and m.status <> REMOVED order by p.id
                """, Tuple.class, organizationId), OrganizationContents::name);
        Map<Long, List<String>> teams = grouped(select("""
                select gt.userGroup.id as id, t.name as name
                from UserGroupTeam gt join gt.team t where t.organizationId = :organization order by t.id
                """, Tuple.class, organizationId), OrganizationContents::name);
        return select(
                        "select g from UserGroup g where g.organizationId = :organization order by g.id",
                        UserGroup.class,
                        organizationId)
                .getResultStream()
                .map(group -> new Group(
                        group, members.getOrDefault(group.id(), List.of()), teams.getOrDefault(group.id(), List.of())))
                .toList();
    }

    /** All boards with their teams and owners, oldest first. */
    @Transactional(readOnly = true)
    public List<Board> boards(long organizationId) {
        return select("""
                select b from Board b join fetch b.team t join fetch b.owner m join fetch m.profile
                where t.organizationId = :organization order by b.id
                """, Board.class, organizationId).getResultList();
    }

    private <T> TypedQuery<T> select(String query, Class<T> type, long organizationId) {
        return entities.createQuery(query, type)
                .setParameter("organization", organizationId)
                .setHint("org.hibernate.readOnly", true);
    }

    private static String name(Tuple row) {
        return row.get("name", String.class);
    }

    /** What the rows have, by their {@code id}. */
    private static <T> Map<Long, List<T>> grouped(TypedQuery<Tuple> rows, Function<Tuple, T> value) {
        return rows.getResultStream().collect(groupingBy(row -> row.get("id", Long.class), mapping(value, toList())));
    }
}

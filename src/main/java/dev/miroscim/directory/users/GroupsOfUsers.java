package dev.miroscim.directory.users;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hibernate.Session;
import org.springframework.stereotype.Component;

/** Reads the groups of users: teams or user groups, depending on the organisation's group model. */
@Component
class GroupsOfUsers {

    private static final String TEAMS = """
            select tm.membership_id as membership_id, t.id as id, t.group_name as name
            from team_member tm join team t on t.id = tm.team_id
            where tm.membership_id = any(:members) order by t.id
            """;

    private static final String USER_GROUPS = """
            select gm.membership_id as membership_id, g.id as id, g.name as name
            from user_group_member gm join user_group g on g.id = gm.user_group_id
            where gm.membership_id = any(:members) order by g.id
            """;

    private final EntityManager entities;

    GroupsOfUsers(EntityManager entities) {
        this.entities = entities;
    }

    /** The user with its groups. */
    User of(Organization organization, Membership membership) {
        List<Membership> one = List.of(membership);
        return new User(membership, of(organization, one).getOrDefault(membership.id(), List.of()));
    }

    /** The groups of several users, by the ids of their memberships; users without groups are left out. */
    Map<Long, List<GroupRef>> of(Organization organization, Collection<Membership> memberships) {
        if (memberships.isEmpty()) {
            return Map.of();
        }
        String sql = organization.settings().groupModel() == GroupModel.TEAMS ? TEAMS : USER_GROUPS;
        // An array, because a list of parameters would be another statement for every number of users.
        return entities
                .unwrap(Session.class)
                .createNativeQuery(sql, Object[].class)
                .addScalar("membership_id", Long.class)
                .addScalar("id", Long.class)
                .addScalar("name", String.class)
                .setParameter(
                        "members", memberships.stream().map(Membership::id).toArray(Long[]::new))
                .getResultList()
                .stream()
                .collect(groupingBy(
                        row -> (Long) row[0], mapping(row -> new GroupRef((Long) row[1], (String) row[2]), toList())));
    }
}

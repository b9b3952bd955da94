package dev.miroscim.directory.users;

import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.GroupTable;
import dev.miroscim.directory.people.Membership;
import jakarta.persistence.EntityManager;
import java.util.List;
import org.hibernate.Session;
import org.springframework.stereotype.Component;

/** Reads the groups of a user within a transaction: teams or user groups, depending on the organisation's group model. */
@Component
class GroupsOfUsers {

    private final EntityManager entities;

    GroupsOfUsers(EntityManager entities) {
        this.entities = entities;
    }

    /** The user with its groups. */
    User of(Organization organization, Membership membership) {
        GroupTable groups = GroupTable.of(organization.settings().groupModel());
        List<GroupRef> found = entities
                .unwrap(Session.class)
                .createNativeQuery(groups.ofMember(":membership"), Object[].class)
                .addScalar("id", Long.class)
                .addScalar("name", String.class)
                .setParameter("membership", membership.id())
                .getResultList()
                .stream()
                .map(row -> new GroupRef((Long) row[0], (String) row[1]))
                .toList();
        return User.of(membership, found);
    }
}

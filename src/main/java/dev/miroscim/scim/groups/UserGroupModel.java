package dev.miroscim.scim.groups;

import static java.util.Objects.requireNonNullElse;

import dev.miroscim.directory.Listing;
import dev.miroscim.directory.groups.Group;
import dev.miroscim.directory.groups.GroupChange;
import dev.miroscim.directory.groups.ProvisionedUserGroups;
import dev.miroscim.directory.people.GroupTable;
import dev.miroscim.scim.query.ListParameters;
import java.util.List;
import org.springframework.stereotype.Component;

/** Miro's newer model: groups are user groups. */
@Component
class UserGroupModel implements GroupModel {

    private final ProvisionedUserGroups groups;

    UserGroupModel(ProvisionedUserGroups groups) {
        this.groups = groups;
    }

    @Override
    public Listing<Group> list(long organizationId, ListParameters parameters, String location) {
        return groups.list(organizationId, GroupQuery.of(organizationId, parameters, location, GroupTable.USER_GROUPS));
    }

    @Override
    public Group find(long organizationId, long id, boolean withMembers) {
        return groups.find(organizationId, id, withMembers);
    }

    @Override
    public Group create(long organizationId, NewGroup group, boolean withMembers) {
        return groups.create(
                organizationId, group.displayName(), requireNonNullElse(group.members(), List.of()), withMembers);
    }

    @Override
    public Group change(long organizationId, long id, List<GroupChange> changes, boolean withMembers) {
        return groups.change(organizationId, id, changes, withMembers);
    }

    @Override
    public void delete(long organizationId, long id) {
        groups.delete(organizationId, id);
    }
}

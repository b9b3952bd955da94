package dev.miroscim.scim.groups;

import static java.util.Objects.requireNonNullElse;

import dev.miroscim.directory.Group;
import dev.miroscim.directory.GroupChange;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.ProvisionedUserGroups;
import dev.miroscim.scim.query.GroupColumns;
import dev.miroscim.scim.query.ListParameters;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** Groups are user groups, as Miro's newer documentation has it. */
@Component
class UserGroupModel implements GroupModel {

    private final ProvisionedUserGroups groups;

    UserGroupModel(ProvisionedUserGroups groups) {
        this.groups = groups;
    }

    @Override
    public Listing<Group> list(long organizationId, ListParameters parameters, String location) {
        return groups.list(
                organizationId, GroupQuery.of(organizationId, parameters, location, GroupColumns.USER_GROUPS));
    }

    @Override
    public Group find(long organizationId, long id, boolean withMembers) {
        return groups.find(organizationId, id, withMembers);
    }

    @Override
    public Group create(long organizationId, NewGroup group) {
        return groups.create(organizationId, group.displayName(), requireNonNullElse(group.members(), List.of()));
    }

    /** A PUT without members leaves them as they are, as a PUT of a user leaves what it does not name. */
    @Override
    public Group replace(long organizationId, long id, NewGroup group) {
        List<GroupChange> changes = new ArrayList<>();
        changes.add(new GroupChange.Rename(group.displayName()));
        if (group.members() != null) {
            changes.add(new GroupChange.ReplaceMembers(group.members()));
        }
        Group replaced = groups.change(organizationId, id, changes, true);
        if (group.members() == null && !replaced.members().isEmpty()) {
            MiroRule.PUT_KEEPS_ABSENT_ATTRIBUTES.note(null, "Not named and kept: members.");
        }
        return replaced;
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

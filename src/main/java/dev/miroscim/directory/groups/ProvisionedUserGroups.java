package dev.miroscim.directory.groups;

import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.usergroups.UserGroup;
import dev.miroscim.directory.usergroups.UserGroupMembers;
import dev.miroscim.directory.usergroups.UserGroups;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/**
 * User groups as SCIM sees them, in an organisation of the user-group model. They can be created and deleted, and none
 * of the rules of teams applies.
 */
@Service
public class ProvisionedUserGroups extends ScimGroups<UserGroup> {

    private final UserGroups userGroups;
    private final UserGroupMembers members;

    ProvisionedUserGroups(
            EntityManager entities,
            DataSource dataSource,
            People people,
            UserGroups userGroups,
            UserGroupMembers members) {
        super(
                entities,
                people,
                new HoldGroupAndPeople<>(entities, people, UserGroup.class, "user_group", Lock.USER_GROUP),
                new MembersOfGroups(dataSource, "user_group_member", "user_group_id"));
        this.userGroups = userGroups;
        this.members = members;
    }

    /** Creates a user group with its members. */
    @DirectoryChange
    public Group create(
            long organizationId, @Nullable String displayName, List<MemberReference> members, boolean withMembers) {
        UserGroup group = userGroups.create(organizationId, DISPLAY_NAME, displayName, null);
        addFirst(organizationId, group, members);
        return view(group, withMembers);
    }

    /** Deletes a user group. Its members stay in the organisation and in their teams. */
    @DirectoryChange
    public void delete(long organizationId, long id) {
        userGroups.delete(require(organizationId, id, LockModeType.PESSIMISTIC_WRITE));
    }

    @Override
    Listing<UserGroup> page(long organizationId, ListQuery query) {
        return userGroups.page(organizationId, query);
    }

    @Override
    Optional<UserGroup> read(long organizationId, long id, LockModeType lock) {
        return userGroups.read(organizationId, id, lock);
    }

    @Override
    void watch(UserGroup group) {
        userGroups.watch(group);
    }

    @Override
    Group group(UserGroup group) {
        return new Group(group.id(), group.name(), GroupMembers.NONE);
    }

    @Override
    void rename(long organizationId, UserGroup group, @Nullable String displayName) {
        userGroups.rename(organizationId, group, DISPLAY_NAME, displayName);
    }

    @Override
    boolean accepts(Membership person) {
        return person.visible();
    }

    @Override
    int add(long organizationId, UserGroup group, List<Membership> joining) {
        return members.add(group, joining).size();
    }

    @Override
    int remove(long organizationId, UserGroup group, List<Membership> leaving) {
        return members.remove(group, leaving).size();
    }

    @Override
    void removeAllBut(long organizationId, UserGroup group, List<Membership> staying) {
        members.removeAllBut(group, staying);
    }
}

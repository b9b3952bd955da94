package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.GROUP_ADD_KNOWN_MEMBER;
import static dev.miroscim.directory.MiroRule.GROUP_REMOVE_NON_MEMBER;
import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.Pages;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.People;
import dev.miroscim.directory.usergroups.UserGroup;
import dev.miroscim.directory.usergroups.UserGroups;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * User groups as provisioning sees them: what SCIM calls groups in an organisation of the user-group model. They are
 * created and deleted like any group of SCIM, and none of the rules of teams holds.
 */
@Service
public class ProvisionedUserGroups {

    private static final String DISPLAY_NAME = "displayName";

    private final EntityManager entities;
    private final UserGroups userGroups;
    private final People people;
    private final Pages pages;

    ProvisionedUserGroups(EntityManager entities, UserGroups userGroups, People people, Pages pages) {
        this.entities = entities;
        this.userGroups = userGroups;
        this.people = people;
        this.pages = pages;
    }

    /** User groups that the query's filter matches. */
    @Transactional(readOnly = true)
    public Listing<Group> list(long organizationId, ListQuery<UserGroup> query) {
        Listing<UserGroup> page = pages.read(UserGroup.class, organizationId, query);
        Map<Long, List<MemberRef>> membersOf = query.collections() ? membersOf(page.items()) : Map.of();
        return new Listing<>(
                page.total(),
                page.items().stream()
                        .map(group ->
                                new Group(group.id(), group.name(), membersOf.getOrDefault(group.id(), List.of())))
                        .toList());
    }

    /** The user group with this id, refused as not found if there is none. */
    @Transactional(readOnly = true)
    public Group find(long organizationId, long id, boolean withMembers) {
        return view(group(organizationId, id, LockModeType.NONE), withMembers);
    }

    /** Creates a user group with members. */
    @DirectoryChange
    public Group create(
            long organizationId, @Nullable String displayName, List<MemberReference> members, boolean withMembers) {
        UserGroup group = userGroups.create(organizationId, DISPLAY_NAME, displayName, null);
        if (!members.isEmpty()) {
            join(group, members, ReferencedMembers.hold(people, organizationId, members, List.of()));
        }
        return view(group, withMembers);
    }

    /** Makes all changes, in their order, or none. */
    @DirectoryChange
    public Group change(long organizationId, long id, List<GroupChange> changes, boolean withMembers) {
        UserGroup group = group(organizationId, id, LockModeType.PESSIMISTIC_WRITE);
        NetMemberChanges wanted = new NetMemberChanges();
        for (GroupChange change : changes) {
            if (change instanceof GroupChange.Rename(String displayName)) {
                userGroups.rename(organizationId, group, DISPLAY_NAME, displayName);
            } else {
                wanted.add(change);
            }
        }
        ReferencedMembers named = ReferencedMembers.hold(people, organizationId, wanted.joining(), wanted.leaving());
        List<Membership> joined = wanted.joining().isEmpty() ? List.of() : join(group, wanted.joining(), named);
        if (wanted.everybodyElseLeaves()) {
            userGroups.leaveAllBut(group, joined);
        } else if (!wanted.leaving().isEmpty()) {
            leave(group, wanted.leaving(), named);
        }
        entities.flush();
        return view(group, withMembers);
    }

    /** Deletes a user group. Its members stay what they are. */
    @DirectoryChange
    public void delete(long organizationId, long id) {
        userGroups.delete(group(organizationId, id, LockModeType.PESSIMISTIC_WRITE));
    }

    private UserGroup group(long organizationId, long id, LockModeType lock) {
        return userGroups.read(organizationId, id, lock).orElseThrow(() -> RefusedException.noResource(id));
    }

    private List<Membership> join(UserGroup group, Collection<MemberReference> references, ReferencedMembers named) {
        List<Membership> joining = named.joining(references, Membership::visible);
        if (userGroups.join(group, joining).size() < joining.size()) {
            GROUP_ADD_KNOWN_MEMBER.note("members");
        }
        return joining;
    }

    private void leave(UserGroup group, Collection<String> ids, ReferencedMembers named) {
        if (userGroups.leave(group, named.leaving(ids)).size() < ids.size()) {
            GROUP_REMOVE_NON_MEMBER.note("members");
        }
    }

    private Group view(UserGroup group, boolean withMembers) {
        Map<Long, List<MemberRef>> members = withMembers ? membersOf(List.of(group)) : Map.of();
        return new Group(group.id(), group.name(), members.getOrDefault(group.id(), List.of()));
    }

    private Map<Long, List<MemberRef>> membersOf(List<UserGroup> groups) {
        if (groups.isEmpty()) {
            return Map.of();
        }
        Map<Long, List<MemberRef>> members = new HashMap<>();
        entities.createQuery("""
                        select gm.userGroup.id, p.id, p.fullName
                        from UserGroupMember gm join gm.membership m join m.profile p
                        where gm.userGroup in :groups
                          and m.status <> REMOVED and m.role in (INTERNAL_ADMIN, INTERNAL_USER)
                        order by p.id
                        """, Object[].class)
                .setParameter("groups", groups)
                .getResultList()
                .forEach(row -> members.computeIfAbsent((Long) row[0], group -> new ArrayList<>())
                        .add(new MemberRef((Long) row[1], (String) row[2])));
        return members;
    }
}

package dev.miroscim.directory.usergroups;

import static dev.miroscim.directory.MiroRule.USER_GROUP_NAME_UNIQUE;
import static dev.miroscim.directory.RefusedException.Kind.CONFLICT;

import dev.miroscim.directory.DirectoryChange;
import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.LockOrder;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.Pages;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.people.GroupTable;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.hibernate.Session;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * User groups. Joining and leaving one has none of the consequences of a team: boards stay, nobody is reactivated or
 * leaves the organisation, and there is no last admin.
 */
@Service
public class UserGroups {

    private final UserGroupRepository groups;
    private final EntityManager entities;
    private final UserGroupAudit audit;
    private final Clock clock;

    UserGroups(UserGroupRepository groups, EntityManager entities, UserGroupAudit audit, Clock clock) {
        this.groups = groups;
        this.entities = entities;
        this.audit = audit;
        this.clock = clock;
    }

    /** User groups in the order of their ids, from the one after {@code after} on. */
    @Transactional(readOnly = true)
    public Slice<UserGroup> list(long organizationId, long after, int limit) {
        return Slice.of(groups.list(organizationId, after, Limit.of(limit + 1)), limit);
    }

    /** User groups that the query's filter matches. */
    @Transactional(readOnly = true)
    public Listing<UserGroup> page(long organizationId, ListQuery query) {
        return Pages.read(entities, UserGroup.class, GroupTable.USER_GROUPS.table(), organizationId, query);
    }

    /** The user group with this id, refused as not found if there is none. */
    @Transactional(readOnly = true)
    public UserGroup find(long organizationId, long id) {
        return find(organizationId, id, LockModeType.NONE);
    }

    @DirectoryChange
    public UserGroup create(long organizationId, @Nullable String name, @Nullable String description) {
        return create(organizationId, "name", name, description);
    }

    /** @param attribute the name's attribute in the request, for errors */
    public UserGroup create(
            long organizationId, String attribute, @Nullable String name, @Nullable String description) {
        String kept = Names.require(attribute, name);
        requireFreeName(organizationId, attribute, kept, 0);
        UserGroup group = new UserGroup(null, organizationId, kept, described(description), clock.instant());
        entities.persist(group);
        audit.created(group);
        return group;
    }

    /** Changes a user group's name and description; what is null stays. */
    @DirectoryChange
    public UserGroup change(long organizationId, long id, @Nullable String name, @Nullable String description) {
        UserGroup group = hold(organizationId, id);
        if (name != null) {
            rename(organizationId, group, "name", name);
        }
        if (description != null && !description.equals(group.description())) {
            group.describe(described(description));
            group.touch(clock.instant());
        }
        return group;
    }

    /** Deletes a user group. Its members stay in the organisation and in their teams. */
    @DirectoryChange
    public void delete(long organizationId, long id) {
        delete(hold(organizationId, id));
    }

    /** Deletes a user group that is held. */
    public void delete(UserGroup group) {
        List<Long> members = entities.unwrap(Session.class)
                .createNativeQuery("""
                        with gone as (
                          delete from user_group_member where user_group_id = :group returning membership_id),
                        deleted as (delete from user_group where id = :group)
                        select membership_id from gone order by membership_id
                        """, Long.class)
                .setParameter("group", group.id())
                .getResultList();
        entities.detach(group);
        audit.deleted(group, members);
    }

    /** Holds the user group with this id until the end of the transaction. */
    public UserGroup hold(long organizationId, long id) {
        return find(organizationId, id, LockModeType.PESSIMISTIC_WRITE);
    }

    /** @param attribute the name's attribute in the request, for errors */
    public void rename(long organizationId, UserGroup group, String attribute, @Nullable String name) {
        String kept = Names.require(attribute, name);
        // Okta sends the unchanged name with every change of members.
        if (kept.equals(group.name())) {
            return;
        }
        requireFreeName(organizationId, attribute, kept, group.id());
        group.rename(kept);
        group.touch(clock.instant());
    }

    private UserGroup find(long organizationId, long id, LockModeType lock) {
        return read(organizationId, id, lock)
                .orElseThrow(() -> RefusedException.notFound("User group", Long.toString(id)));
    }

    /** The user group with this id, held until the end of the transaction if {@code lock} says so. */
    public Optional<UserGroup> read(long organizationId, long id, LockModeType lock) {
        if (lock == LockModeType.NONE) {
            return groups.find(organizationId, id);
        }
        LockOrder.take(Lock.USER_GROUP, organizationId);
        Optional<UserGroup> found = groups.hold(organizationId, id);
        found.ifPresent(audit::watch);
        return found;
    }

    /** Writes to the audit log what changes in the name of a user group that a statement of the caller holds. */
    public void watch(UserGroup held) {
        audit.watch(held);
    }

    private void requireFreeName(long organizationId, String attribute, String name, long except) {
        if (!groups.withName(organizationId, name, except).isEmpty()) {
            throw USER_GROUP_NAME_UNIQUE.refusal(
                    CONFLICT, attribute, attribute + " '" + name + "' is the name of another user group");
        }
    }

    public static @Nullable String described(@Nullable String description) {
        return description == null || description.isEmpty()
                ? null
                : Names.requireLength("description", description, UserGroup.LONGEST_DESCRIPTION);
    }
}

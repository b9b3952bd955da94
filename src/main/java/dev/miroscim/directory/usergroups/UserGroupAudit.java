package dev.miroscim.directory.usergroups;

import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_CREATED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_DELETED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_MEMBER_ADDED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_MEMBER_REMOVED;
import static dev.miroscim.directory.audit.AuditEvent.Type.USER_GROUP_RENAMED;

import dev.miroscim.directory.audit.AuditEvent.Subject;
import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.audit.AuditTrail.Before;
import dev.miroscim.directory.audit.AuditTrail.Change;
import java.util.Collection;
import java.util.List;
import org.springframework.stereotype.Component;

/** What the audit log says of user groups and their members, who are named by the ids of their memberships. */
@Component
class UserGroupAudit {

    private final AuditTrail trail;

    UserGroupAudit(AuditTrail trail) {
        this.trail = trail;
    }

    /** Watches the name of a user group. */
    void watch(UserGroup group) {
        trail.watch(
                group.organizationId(), AuditTrail.Order.USER_GROUPS, group, () -> new NameBefore(group, group.name()));
    }

    void created(UserGroup group) {
        trail.add(group.organizationId(), Change.of(USER_GROUP_CREATED, subject(group), null, null));
    }

    void deleted(UserGroup group, Collection<Long> members) {
        left(group, members);
        trail.add(group.organizationId(), Change.of(USER_GROUP_DELETED, subject(group), null, null));
    }

    void joined(UserGroup group, Collection<Long> members) {
        members.forEach(member -> trail.add(
                group.organizationId(), Change.ofMember(USER_GROUP_MEMBER_ADDED, member, subject(group), null, null)));
    }

    void left(UserGroup group, Collection<Long> members) {
        members.forEach(member -> left(group.organizationId(), subject(group), member));
    }

    void left(long organizationId, Subject group, long member) {
        trail.add(organizationId, Change.ofMember(USER_GROUP_MEMBER_REMOVED, member, group, null, null));
    }

    private static Subject subject(UserGroup group) {
        return new Subject(group.id(), group.name());
    }

    private record NameBefore(UserGroup group, String name) implements Before {

        @Override
        public List<Change> changes() {
            return name.equals(group.name())
                    ? List.of()
                    : List.of(Change.of(USER_GROUP_RENAMED, subject(group), name, group.name()));
        }
    }
}

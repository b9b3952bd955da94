package dev.miroscim.directory.audit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A change in an organisation, with names and addresses as they were at that time.
 *
 * @param object the person or thing that changed
 * @param email of the person it happened to; null if it happened to no person
 * @param place the team or user group in which it happened, depending on the type; null if it happened in neither
 * @param former the value before; null if there was none
 * @param value the value since then; null if there is none
 */
public record AuditEvent(
        long id,
        Instant createdAt,
        Type type,
        Actor actor,
        Subject object,
        @Nullable String email,
        @Nullable Subject place,
        @Nullable String former,
        @Nullable String value) {

    /** Something with an id and a name. */
    public record Subject(long id, String name) {}

    /** Where an event is in the order of all. */
    public record Position(Instant createdAt, long id) {}

    /** What events are grouped by. */
    public enum Category {
        ADMINISTRATION,
        USERS,
        TEAMS,
        USER_GROUPS
    }

    /** What can happen. */
    public enum Type {
        USER_CREATED(Category.USERS),
        USER_DEACTIVATED(Category.USERS),
        USER_REACTIVATED(Category.USERS),
        USER_DELETED(Category.USERS),
        USER_RENAMED(Category.USERS),
        USER_EMAIL_CHANGED(Category.USERS),
        USER_ROLE_CHANGED(Category.USERS),
        USER_ADMIN_ROLES_CHANGED(Category.USERS),
        USER_LICENSE_CHANGED(Category.USERS),
        TEAM_CREATED(Category.TEAMS),
        TEAM_RENAMED(Category.TEAMS),
        TEAM_SECURITY_GROUP_RENAMED(Category.TEAMS),
        TEAM_DELETED(Category.TEAMS),
        TEAM_MEMBER_ADDED(Category.TEAMS),
        TEAM_MEMBER_ROLE_CHANGED(Category.TEAMS),
        TEAM_MEMBER_REMOVED(Category.TEAMS),
        USER_GROUP_CREATED(Category.USER_GROUPS),
        USER_GROUP_RENAMED(Category.USER_GROUPS),
        USER_GROUP_DELETED(Category.USER_GROUPS),
        USER_GROUP_MEMBER_ADDED(Category.USER_GROUPS),
        USER_GROUP_MEMBER_REMOVED(Category.USER_GROUPS),
        SCIM_ENABLED(Category.ADMINISTRATION),
        SCIM_DISABLED(Category.ADMINISTRATION),
        SCIM_TOKEN_GENERATED(Category.ADMINISTRATION);

        private final Category category;

        Type(Category category) {
            this.category = category;
        }

        public Category category() {
            return category;
        }
    }
}

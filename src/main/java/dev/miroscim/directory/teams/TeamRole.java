package dev.miroscim.directory.teams;

import dev.miroscim.directory.people.OrganizationRole;

/** What a member of a team may do in it. */
public enum TeamRole {
    ADMIN,
    MEMBER,
    NON_TEAM,
    TEAM_GUEST;

    /** The default role in a team for this organisation role. */
    public static TeamRole usualOf(OrganizationRole role) {
        return switch (role) {
            case INTERNAL_ADMIN, INTERNAL_USER -> MEMBER;
            case EXTERNAL_USER -> NON_TEAM;
            case TEAM_GUEST_USER -> TEAM_GUEST;
        };
    }
}

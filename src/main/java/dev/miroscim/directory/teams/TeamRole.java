package dev.miroscim.directory.teams;

import dev.miroscim.directory.people.OrganizationRole;

/** What a member of a team may do in it. */
public enum TeamRole {
    ADMIN,
    MEMBER,
    NON_TEAM,
    TEAM_GUEST;

    /** What somebody of this organisation role is in a team, if nobody says otherwise. */
    public static TeamRole usualOf(OrganizationRole role) {
        return switch (role) {
            case INTERNAL_ADMIN, INTERNAL_USER -> MEMBER;
            case EXTERNAL_USER -> NON_TEAM;
            case TEAM_GUEST_USER -> TEAM_GUEST;
        };
    }
}

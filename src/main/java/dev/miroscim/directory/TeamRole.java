package dev.miroscim.directory;

/** What a member of a team may do in it. */
public enum TeamRole {
    ADMIN,
    MEMBER,
    NON_TEAM,
    TEAM_GUEST
}

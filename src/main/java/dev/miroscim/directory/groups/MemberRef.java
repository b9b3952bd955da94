package dev.miroscim.directory.groups;

/** A member as a group's resource shows it. */
public record MemberRef(long id, String displayName) {}

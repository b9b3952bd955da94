package dev.miroscim.directory.people;

/** A group as a member's resource shows it. */
public record GroupRef(long id, String displayName) {}

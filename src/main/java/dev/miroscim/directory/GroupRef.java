package dev.miroscim.directory;

/** A group as a member's resource shows it. */
public record GroupRef(long id, String displayName) {}

package dev.miroscim.access;

/** The plane that a token opens; on every other plane it is no token at all. */
public enum TokenKind {
    SCIM,
    REST
}

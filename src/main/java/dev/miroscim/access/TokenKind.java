package dev.miroscim.access;

/** The plane that a token works on; no other plane accepts it. */
public enum TokenKind {
    SCIM,
    REST
}

package dev.miroscim.directory.audit;

import org.jspecify.annotations.Nullable;

/**
 * Who or what changes an organisation.
 *
 * @param id the id of the person or of the token; null if there is none
 * @param address where the request came from, if it is known
 */
public record Actor(
        Kind kind, @Nullable Long id, String name, @Nullable String address) {

    /** What kinds of actors Miro's audit log tells apart. */
    public enum Kind {
        USER,
        APPLICATION,
        SCIM_PROVISIONER
    }
}

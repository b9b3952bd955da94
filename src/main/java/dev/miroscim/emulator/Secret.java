package dev.miroscim.emulator;

import org.jspecify.annotations.Nullable;

/**
 * A secret whose value {@code toString()} does not reveal.
 *
 * @param value null if only its hash is known
 */
public record Secret(Origin origin, @Nullable String value) {

    /** Where a secret comes from, which decides who already knows it. */
    public enum Origin {
        /** Set by configuration. */
        CONFIGURED,
        /** Named in the seed. */
        SEED,
        /** Generated at this start; it must be shown, because nobody knows it yet. */
        GENERATED,
        /** Created by an earlier start on the same database. */
        KEPT
    }

    boolean generated() {
        return origin == Origin.GENERATED;
    }

    @Override
    public String toString() {
        return origin.name();
    }
}

package dev.miroscim.emulator;

import org.jspecify.annotations.Nullable;

/**
 * A secret that nobody prints by accident.
 *
 * @param value null if only its hash is known
 */
public record Secret(Origin origin, @Nullable String value) {

    /** Where a secret comes from, and so who knows it. */
    public enum Origin {
        /** A setting. */
        CONFIGURED,
        /** The seed. */
        SEED,
        /** This start; nobody knows it before it is shown. */
        GENERATED,
        /** An earlier start on the same database. */
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

package dev.miroscim.directory;

import org.jspecify.annotations.Nullable;

/** A refused request. Thrown inside the transaction, so that it is rolled back and nothing is half done. */
public final class RefusedException extends RuntimeException {

    /** What kind of refusal it is; each plane has its own status for it. */
    public enum Kind {
        /** The value of {@link #attribute()} can never be accepted. */
        INVALID_VALUE,
        /** What the request names does not exist, or not for this caller. */
        NOT_FOUND,
        /** Valid in itself, but at odds with the state of the directory. */
        CONFLICT,
        /** The path points at something that is not there. */
        NO_TARGET,
        /** The operation itself does not exist here. */
        NOT_SUPPORTED
    }

    /** Miro's SCIM error text for an unknown id. */
    public static final String NO_RESOURCE = "No resource with ID %s";

    private final @Nullable MiroRule rule;
    private final Kind kind;
    private final @Nullable String attribute;

    public RefusedException(@Nullable MiroRule rule, Kind kind, @Nullable String attribute, String detail) {
        super(detail, null, false, false);
        this.rule = rule;
        this.kind = kind;
        this.attribute = attribute;
    }

    public static RefusedException notFound(String what, String id) {
        return new RefusedException(null, Kind.NOT_FOUND, "id", what + " " + id + " was not found");
    }

    /** A user or group that is unknown or invisible to SCIM. */
    public static RefusedException noResource(long id) {
        return new RefusedException(null, Kind.NOT_FOUND, "id", NO_RESOURCE.formatted(id));
    }

    /** The rule that refuses; null where something does not exist, which needs no rule. */
    public @Nullable MiroRule rule() {
        return rule;
    }

    public Kind kind() {
        return kind;
    }

    /** The attribute at fault, as SCIM names it. */
    public @Nullable String attribute() {
        return attribute;
    }
}

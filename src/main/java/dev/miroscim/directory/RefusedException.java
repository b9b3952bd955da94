package dev.miroscim.directory;

import org.jspecify.annotations.Nullable;

/** What was asked is refused. Thrown inside the transaction, which it rolls back: nothing is half done. */
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

    /** How Miro's SCIM tells of an id that nothing has. */
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

    /** As Miro's SCIM says it of users and groups, be they unknown or not to be seen. */
    public static RefusedException noResource(long id) {
        return new RefusedException(null, Kind.NOT_FOUND, "id", NO_RESOURCE.formatted(id));
    }

    /** The rule that refuses; null where something does not exist at all, for which it takes no rule. */
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

package dev.miroscim.directory;

/** A refused request. Thrown inside the transaction, so that it is rolled back and nothing is half done. */
public final class RefusedException extends RuntimeException {

    /** What kind of refusal it is; each plane has its own status for it. */
    public enum Kind {
        /** The value can never be accepted. */
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

    private final Kind kind;

    public RefusedException(Kind kind, String detail) {
        super(detail, null, false, false);
        this.kind = kind;
    }

    public static RefusedException notFound(String what, String id) {
        return new RefusedException(Kind.NOT_FOUND, what + " " + id + " was not found");
    }

    /** A user or group that is unknown or invisible to SCIM. */
    public static RefusedException noResource(long id) {
        return new RefusedException(Kind.NOT_FOUND, NO_RESOURCE.formatted(id));
    }

    public Kind kind() {
        return kind;
    }
}

package dev.miroscim.scim;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that is refused for what it says in SCIM's own terms, before any rule of Miro is asked. Its detail is the
 * caller's to read: it names the attribute and the value at fault.
 */
public final class ScimException extends RuntimeException {

    private final HttpStatus status;
    private final @Nullable String scimType;
    private final String detail;

    private ScimException(HttpStatus status, @Nullable String scimType, String detail) {
        super(detail, null, false, false);
        this.status = status;
        this.scimType = scimType;
        this.detail = detail;
    }

    /** The filter cannot be read, or asks for what cannot be filtered by. */
    public static ScimException invalidFilter(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidFilter", detail);
    }

    /** The path of a PATCH operation cannot be read. */
    public static ScimException invalidPath(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidPath", detail);
    }

    /** A value is missing, or is not one that its attribute or parameter can have. */
    public static ScimException invalidValue(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidValue", detail);
    }

    /** The body is not JSON, or not the message that belongs here. */
    public static ScimException invalidSyntax(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidSyntax", detail);
    }

    /** The path of a PATCH operation leads to nothing. */
    public static ScimException noTarget(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "noTarget", detail);
    }

    public static ScimException forbidden(String detail) {
        return new ScimException(HttpStatus.FORBIDDEN, null, detail);
    }

    public static ScimException notFound(String detail) {
        return new ScimException(HttpStatus.NOT_FOUND, null, detail);
    }

    public static ScimException payloadTooLarge(String detail) {
        return new ScimException(HttpStatus.CONTENT_TOO_LARGE, null, detail);
    }

    public HttpStatus status() {
        return status;
    }

    /** SCIM's name for the kind of error, which it has only for 400. */
    public @Nullable String scimType() {
        return scimType;
    }

    public String detail() {
        return detail;
    }
}

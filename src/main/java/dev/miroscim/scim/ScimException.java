package dev.miroscim.scim;

import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A request that violates SCIM itself, found before any rule of Miro applies. Clients see the detail, which names the
 * attribute and the wrong value.
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

    /** The filter is malformed, or uses something that cannot be filtered by. */
    public static ScimException invalidFilter(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidFilter", detail);
    }

    /** The path of a PATCH operation is malformed. */
    public static ScimException invalidPath(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidPath", detail);
    }

    /** A value is missing, or is not valid for its attribute or parameter. */
    public static ScimException invalidValue(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidValue", detail);
    }

    /** The body is not JSON, or not the message that the call expects. */
    public static ScimException invalidSyntax(String detail) {
        return new ScimException(HttpStatus.BAD_REQUEST, "invalidSyntax", detail);
    }

    /** The path of a PATCH operation has no target. */
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

    /** SCIM's name for the error, which only 400 has. */
    public @Nullable String scimType() {
        return scimType;
    }

    public String detail() {
        return detail;
    }
}

package dev.miroscim.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * How a request is answered that did not go well.
 *
 * @param kind what is wrong with a bad request, by the names that RFC 7644 has for it, such as {@link #INVALID_VALUE};
 *     null where it has none, and for every other status
 * @param headers what the status asks for besides the body, such as Allow
 */
public record ApiError(HttpStatus status, @Nullable String kind, String detail, Map<String, String> headers) {

    /** The kind of fault of a body that cannot be read. */
    public static final String INVALID_SYNTAX = "invalidSyntax";

    /** The kind of fault of a value that its parameter or attribute cannot have. */
    public static final String INVALID_VALUE = "invalidValue";

    public static ApiError of(HttpStatus status, String detail) {
        return new ApiError(status, null, detail, Map.of());
    }

    public static ApiError of(HttpStatus status, @Nullable String kind, String detail) {
        return new ApiError(status, kind, detail, Map.of());
    }

    public ApiError with(String header, String value) {
        return with(Map.of(header, value));
    }

    /** With these headers and no others. */
    public ApiError with(Map<String, String> headers) {
        return new ApiError(status, kind, detail, headers);
    }
}

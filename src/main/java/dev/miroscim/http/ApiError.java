package dev.miroscim.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * The answer to a request that failed.
 *
 * @param kind the type of a bad request, by RFC 7644's names, such as {@link #INVALID_VALUE}; null for types without a
 *     name and for every other status
 * @param headers headers that the status requires, such as Allow
 */
public record ApiError(HttpStatus status, @Nullable String kind, String detail, Map<String, String> headers) {

    /** The kind of a body that cannot be read. */
    public static final String INVALID_SYNTAX = "invalidSyntax";

    /** The kind of a value that is not valid for its parameter or attribute. */
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

    /** The same error with these headers only. */
    public ApiError with(Map<String, String> headers) {
        return new ApiError(status, kind, detail, headers);
    }
}

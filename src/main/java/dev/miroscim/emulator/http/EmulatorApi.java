package dev.miroscim.emulator.http;

import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import org.springframework.http.HttpStatus;

/** What all parts of the control API have in common. */
public final class EmulatorApi {

    public static final String BASE_PATH = "/emulator";

    private EmulatorApi() {}

    /** What to throw where {@code field}, of the body or the query, has a value that it cannot have. */
    public static ApiErrorException invalid(String field, String detail) {
        return new ApiErrorException(
                ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, field + ": " + detail));
    }

    /** What to throw where something does not exist that a path names. */
    public static ApiErrorException notFound(String what, String id) {
        return new ApiErrorException(ApiError.of(HttpStatus.NOT_FOUND, "There is no %s %s".formatted(what, id)));
    }
}

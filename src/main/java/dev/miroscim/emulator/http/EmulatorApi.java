package dev.miroscim.emulator.http;

import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import org.springframework.http.HttpStatus;

/** Shared by all parts of the control API. */
public final class EmulatorApi {

    public static final String BASE_PATH = "/emulator";

    /** Where Prometheus looks by default. */
    public static final String METRICS_PATH = "/metrics";

    private EmulatorApi() {}

    /** The exception for an invalid value of {@code field} in the body or the query. */
    public static ApiErrorException invalid(String field, String detail) {
        return new ApiErrorException(
                ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, field + ": " + detail));
    }

    /** The exception for a resource in the path that does not exist. */
    public static ApiErrorException notFound(String what, String id) {
        return new ApiErrorException(ApiError.of(HttpStatus.NOT_FOUND, "There is no %s %s".formatted(what, id)));
    }
}

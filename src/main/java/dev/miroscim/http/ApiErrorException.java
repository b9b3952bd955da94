package dev.miroscim.http;

/** Carries the answer to the request. Clients see its detail. */
public final class ApiErrorException extends RuntimeException {

    // Needed only while the request is handled.
    private final transient ApiError error;

    public ApiErrorException(ApiError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}

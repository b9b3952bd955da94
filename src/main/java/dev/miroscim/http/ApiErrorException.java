package dev.miroscim.http;

/** Says itself how it is to be answered. Its detail is the caller's to read. */
public final class ApiErrorException extends RuntimeException {

    // Only while the request that it answers is handled
    private final transient ApiError error;

    public ApiErrorException(ApiError error) {
        super(error.detail(), null, false, false);
        this.error = error;
    }

    ApiError error() {
        return error;
    }
}

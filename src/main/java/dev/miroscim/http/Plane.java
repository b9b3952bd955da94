package dev.miroscim.http;

import dev.miroscim.access.TokenKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A part of this server, such as SCIM, whose clients expect every error in its format. */
public interface Plane {

    /** Its name in metrics. */
    default String name() {
        TokenKind tokens = tokens();
        return tokens == null ? "none" : tokens.name().toLowerCase(Locale.ROOT);
    }

    /** Whether this path belongs to the plane. */
    boolean covers(String path);

    /** The media types that the plane reads and answers with, that of its errors first. */
    List<String> mediaTypes();

    /** The body of an error in the plane's format, to be written as JSON. */
    Object error(ApiError error);

    /** The media type of {@link #error}. */
    default String mediaType(ApiError error) {
        return mediaTypes().getFirst();
    }

    /** Translates exceptions that only this plane knows; null for all others. */
    default @Nullable ApiError translate(Throwable exception, HttpServletRequest request) {
        return null;
    }

    /** The error for too many requests. */
    default ApiError tooManyRequests() {
        return ApiError.of(HttpStatus.TOO_MANY_REQUESTS, HttpStatus.TOO_MANY_REQUESTS.getReasonPhrase());
    }

    /** The error for a method that the path does not have. */
    default ApiError methodNotAllowed(String method) {
        return ApiError.of(HttpStatus.METHOD_NOT_ALLOWED, method + " is not supported at this path");
    }

    /** The kind of token that the plane requires; null if it authenticates callers in another way. */
    default @Nullable TokenKind tokens() {
        return null;
    }

    /** The common prefix of all its resources' paths; empty if there is none. */
    default String basePath() {
        return "";
    }

    /** The maximum size of a request body in bytes. */
    default int mostBytes() {
        return JsonBodyReader.MOST_BYTES;
    }

    /** Headers of every answer, errors included, unless other code sets them. */
    default Map<String, String> headers() {
        return Map.of();
    }
}

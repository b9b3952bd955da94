package dev.miroscim.http;

import dev.miroscim.access.TokenKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** A part of this server whose clients expect errors in its own words, whatever goes wrong with their requests. */
public interface Plane {

    /** Whether the plane answers requests for this path. */
    boolean covers(String path);

    /** The media types of its answers and of what it reads, that of its errors first. */
    List<String> mediaTypes();

    /** An error as its clients read it, to be written as JSON. */
    Object error(ApiError error);

    /** The media type of {@link #error}. */
    default String mediaType(ApiError error) {
        return mediaTypes().getFirst();
    }

    /** What an exception means that only this plane knows; null for all others. */
    default @Nullable ApiError translate(Throwable exception, HttpServletRequest request) {
        return null;
    }

    /** What it tells a caller who calls too often. */
    default ApiError tooManyRequests() {
        return ApiError.of(HttpStatus.TOO_MANY_REQUESTS, HttpStatus.TOO_MANY_REQUESTS.getReasonPhrase());
    }

    /** What it tells a caller who uses a method that the path does not have. */
    default ApiError methodNotAllowed(String method) {
        return ApiError.of(HttpStatus.METHOD_NOT_ALLOWED, method + " is not supported at this path");
    }

    /** The tokens that open it; null if none do, and it has another way to let callers in. */
    default @Nullable TokenKind tokens() {
        return null;
    }

    /** What the paths of all its resources begin with; empty if there is nothing in common. */
    default String basePath() {
        return "";
    }

    /** The most bytes that the body of a request may have. */
    default int mostBytes() {
        return JsonBodyReader.MOST_BYTES;
    }

    /** Headers that each of its answers has, be it an error or not, unless somebody sets them otherwise. */
    default Map<String, String> headers() {
        return Map.of();
    }
}

package dev.miroscim.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of this server whose clients expect errors in its own words, whatever goes wrong with their requests. */
public interface Plane {

    /** Whether the plane answers requests for this path. */
    boolean covers(String path);

    /** The media types of its answers and of what it reads, that of its errors first. */
    List<String> mediaTypes();

    /** An error as its clients read it, to be written as JSON. */
    Object error(Fault fault);

    /** What an exception means that only this plane knows; null for all others. */
    default @Nullable Fault fault(Throwable exception, HttpServletRequest request) {
        return null;
    }

    /** Headers that each of its answers has, be it an error or not, unless somebody sets them otherwise. */
    default Map<String, String> headers() {
        return Map.of();
    }
}

package dev.miroscim.http;

import dev.miroscim.access.TokenKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * All planes. The last one answers for paths that belong to no other plane: paths that do not exist, and the few that
 * belong to no API.
 */
@Component
public class Planes {

    private final List<Plane> planes;

    Planes(List<Plane> planes) {
        this.planes = planes;
    }

    /** The plane of a request, by its path as sent or as the container decoded it. */
    public Plane of(HttpServletRequest request) {
        return covering(request.getServletPath())
                .or(() -> covering(request.getRequestURI()))
                .orElseGet(planes::getLast);
    }

    Plane of(String path) {
        return covering(path).orElseGet(planes::getLast);
    }

    private Optional<Plane> covering(String path) {
        return planes.stream().filter(plane -> plane.covers(path)).findFirst();
    }

    /** The plane that requires tokens of this kind. */
    public Optional<Plane> of(TokenKind tokens) {
        return planes.stream().filter(plane -> plane.tokens() == tokens).findFirst();
    }

    /** The base paths of the planes that have one. */
    public List<String> basePaths() {
        return planes.stream()
                .map(Plane::basePath)
                .filter(path -> !path.isEmpty())
                .toList();
    }

    /** The plane that answers when the request's own plane cannot be determined. */
    Plane first() {
        return planes.getFirst();
    }
}

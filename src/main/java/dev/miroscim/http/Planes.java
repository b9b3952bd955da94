package dev.miroscim.http;

import dev.miroscim.access.TokenKind;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * All planes. The last of them speaks for whatever is no other's: paths that do not exist, which the security chain of
 * last resort closes, and the few that belong to no API.
 */
@Component
public class Planes {

    private final List<Plane> planes;

    Planes(List<Plane> planes) {
        this.planes = planes;
    }

    /** The plane of a request, be it by the path as it was sent or as the container understands it. */
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

    /** The plane that tokens of this kind open. */
    public Optional<Plane> of(TokenKind tokens) {
        return planes.stream().filter(plane -> plane.tokens() == tokens).findFirst();
    }

    /** What the paths of planes begin with, where their resources have anything in common. */
    public List<String> basePaths() {
        return planes.stream()
                .map(Plane::basePath)
                .filter(path -> !path.isEmpty())
                .toList();
    }

    /** The one that speaks where nobody can tell whose a request was. */
    Plane first() {
        return planes.getFirst();
    }
}

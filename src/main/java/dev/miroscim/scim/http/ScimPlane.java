package dev.miroscim.scim.http;

import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.RefusedException.Kind;
import dev.miroscim.http.Fault;
import dev.miroscim.http.Plane;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.ScimMediaType;
import dev.miroscim.scim.filter.FilterException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/** SCIM among the planes: everything below its base path, and whatever cannot be told to be another plane's. */
@Component
@Order(1)
class ScimPlane implements Plane {

    static final Fault TOO_MANY_REQUESTS = Fault.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "tooManyRequests",
            "The user has sent too many requests in a given amount of time");

    private static final List<String> MEDIA_TYPES = List.of(ScimMediaType.SCIM_JSON, ScimMediaType.JSON);

    @Override
    public boolean covers(String path) {
        return path.startsWith(ResourceLocations.BASE_PATH)
                && (path.length() == ResourceLocations.BASE_PATH.length()
                        || path.charAt(ResourceLocations.BASE_PATH.length()) == '/');
    }

    @Override
    public List<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public TokenKind tokens() {
        return TokenKind.SCIM;
    }

    @Override
    public String basePath() {
        return ResourceLocations.BASE_PATH;
    }

    @Override
    public Object error(Fault fault) {
        return ScimError.of(fault.status().value(), fault.kind(), fault.detail());
    }

    @Override
    public Fault tooManyRequests() {
        return TOO_MANY_REQUESTS;
    }

    @Override
    public @Nullable Fault fault(Throwable exception, HttpServletRequest request) {
        return switch (exception) {
            case ScimException e -> Fault.of(e.status(), e.scimType(), e.detail());
            case FilterException e -> Fault.of(HttpStatus.BAD_REQUEST, scimType(e), e.getMessage());
            // Only groups know operations that exist and that Miro nevertheless does not support.
            case RefusedException e
            when e.kind() == Kind.NOT_SUPPORTED ->
                Fault.of(HttpStatus.METHOD_NOT_ALLOWED, e.getMessage())
                        .with(
                                HttpHeaders.ALLOW,
                                request.getRequestURI().endsWith("/Groups")
                                        ? "GET, HEAD, OPTIONS"
                                        : "GET, HEAD, PATCH, OPTIONS");
            default -> null;
        };
    }

    private static String scimType(FilterException e) {
        return switch (e.kind()) {
            case FILTER -> "invalidFilter";
            case PATH -> "invalidPath";
            case ATTRIBUTES -> "invalidValue";
        };
    }
}

package dev.miroscim.scim.http;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.RefusedException.Kind;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.Plane;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.ScimMediaType;
import dev.miroscim.scim.filter.FilterException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/** SCIM as a plane: everything below its base path, and requests that cannot be assigned to a plane. */
@Component
@Order(1)
class ScimPlane implements Plane {

    static final ApiError TOO_MANY_REQUESTS = ApiError.of(
            HttpStatus.TOO_MANY_REQUESTS,
            "tooManyRequests",
            "The user has sent too many requests in a given amount of time");

    /**
     * Miro's exact text, as observed. It is not a SCIM error, presumably because something in front of Miro's SCIM
     * server refuses the method.
     */
    private static final ApiError METHOD_NOT_ALLOWED =
            ApiError.of(HttpStatus.METHOD_NOT_ALLOWED, "Endpoint is found, but this method is not allowed");

    private static final Pattern GROUPS = Pattern.compile(ResourceLocations.BASE_PATH + "/Groups(/[^/]+)?");

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
    public Object error(ApiError error) {
        return error.status() == HttpStatus.METHOD_NOT_ALLOWED
                ? MethodNotAllowed.of(error.detail())
                : ScimError.of(error.status().value(), error.kind(), error.detail());
    }

    @Override
    public String mediaType(ApiError error) {
        return error.status() == HttpStatus.METHOD_NOT_ALLOWED ? ScimMediaType.JSON : ScimMediaType.SCIM_JSON;
    }

    @Override
    public ApiError methodNotAllowed(String method) {
        return METHOD_NOT_ALLOWED;
    }

    @Override
    public ApiError tooManyRequests() {
        return TOO_MANY_REQUESTS;
    }

    @Override
    public @Nullable ApiError translate(Throwable exception, HttpServletRequest request) {
        return switch (exception) {
            case ScimException e -> ApiError.of(e.status(), e.scimType(), e.detail());
            case FilterException e -> ApiError.of(HttpStatus.BAD_REQUEST, scimType(e), e.getMessage());
            // The supported methods depend on the organisation's group model.
            case RefusedException e
            when e.kind() == Kind.NOT_SUPPORTED -> METHOD_NOT_ALLOWED.with(HttpHeaders.ALLOW, methodsOfGroups(request));
            case HttpRequestMethodNotSupportedException _
            when isGroups(request) -> METHOD_NOT_ALLOWED.with(HttpHeaders.ALLOW, methodsOfGroups(request));
            default -> null;
        };
    }

    /** Whether the request is for groups or one group. */
    static boolean isGroups(HttpServletRequest request) {
        return GROUPS.matcher(path(request)).matches();
    }

    private static String path(HttpServletRequest request) {
        return request.getRequestURI().substring(request.getContextPath().length());
    }

    static String methodsOfGroups(HttpServletRequest request) {
        boolean userGroups = AccessContext.of(request)
                .filter(access -> access.settings().groupModel() == GroupModel.USER_GROUPS)
                .isPresent();
        if (path(request).endsWith("/Groups")) {
            return userGroups ? "GET, HEAD, POST, OPTIONS" : "GET, HEAD, OPTIONS";
        }
        return userGroups ? "DELETE, GET, HEAD, PATCH, OPTIONS" : "GET, HEAD, PATCH, OPTIONS";
    }

    private static String scimType(FilterException e) {
        return switch (e.kind()) {
            case FILTER -> "invalidFilter";
            case PATH -> "invalidPath";
            case ATTRIBUTES -> "invalidValue";
        };
    }
}

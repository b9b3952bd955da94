package dev.miroscim.platform;

import dev.miroscim.http.ApiError;
import dev.miroscim.http.Plane;
import java.util.List;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * Paths that belong to no plane, such as {@code /v3} and {@code /vNext}: versions of Miro's REST API that are not
 * offered here. Their clients expect errors in REST's format.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class UnclaimedPaths implements Plane {

    private static final List<String> MEDIA_TYPES = List.of(RestPlane.MEDIA_TYPE);

    /** Claims no path, because it only gets those that no other plane claims. */
    @Override
    public boolean covers(String path) {
        return false;
    }

    @Override
    public List<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    @Override
    public Object error(ApiError error) {
        return RestError.of(error);
    }

    /**
     * Answers as for an unknown path: Tomcat refuses TRACE without looking at the path, and few of these paths exist.
     */
    @Override
    public ApiError methodNotAllowed(String method) {
        return method.equals(HttpMethod.TRACE.name())
                ? ApiError.of(HttpStatus.NOT_FOUND, "There is nothing at this path")
                : Plane.super.methodNotAllowed(method);
    }
}

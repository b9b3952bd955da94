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
 * What is below none of the paths of a plane, such as {@code /v3} and {@code /vNext}: versions of Miro's REST API that
 * are not offered here. Whoever asks for them reads errors as REST writes them.
 */
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class UnclaimedPaths implements Plane {

    private static final List<String> MEDIA_TYPES = List.of(RestPlane.MEDIA_TYPE);

    /** It claims no path, and gets those that no other plane claims. */
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

    /** Tomcat refuses TRACE without a look at the path, and there is hardly anything at any of these. */
    @Override
    public ApiError methodNotAllowed(String method) {
        return method.equals(HttpMethod.TRACE.name())
                ? ApiError.of(HttpStatus.NOT_FOUND, "There is nothing at this path")
                : Plane.super.methodNotAllowed(method);
    }
}

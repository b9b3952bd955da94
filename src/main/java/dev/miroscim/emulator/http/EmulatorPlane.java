package dev.miroscim.emulator.http;

import dev.miroscim.emulator.seed.InvalidSeedException;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.Plane;
import dev.miroscim.http.RequestBodies;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpMediaTypeNotSupportedException;

/** The control API as a plane. Its errors are RFC 9457 problem details. */
@Component
@Order(3)
class EmulatorPlane implements Plane {

    private static final List<String> MEDIA_TYPES = List.of(
            MediaType.APPLICATION_PROBLEM_JSON_VALUE,
            MediaType.APPLICATION_JSON_VALUE,
            MediaType.TEXT_EVENT_STREAM_VALUE);

    private final RequestBodies bodies;

    EmulatorPlane(RequestBodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public String name() {
        return "emulator";
    }

    @Override
    public boolean covers(String path) {
        return path.equals(EmulatorApi.METRICS_PATH)
                || path.startsWith(EmulatorApi.BASE_PATH)
                        && (path.length() == EmulatorApi.BASE_PATH.length()
                                || path.charAt(EmulatorApi.BASE_PATH.length()) == '/');
    }

    @Override
    public List<String> mediaTypes() {
        return MEDIA_TYPES;
    }

    /** Large, because bodies can be seeds. */
    @Override
    public int mostBytes() {
        return bodies.mostBytesOfSeeds();
    }

    @Override
    public Object error(ApiError error) {
        return ProblemDetail.forStatusAndDetail(error.status(), error.detail());
    }

    @Override
    public @Nullable ApiError translate(Throwable exception, HttpServletRequest request) {
        return switch (exception) {
            case InvalidSeedException e -> ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, e.getMessage());
            case HttpMediaTypeNotSupportedException _ ->
                ApiError.of(
                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                        "The Content-Type of a request body must be application/json or application/yaml");
            default -> null;
        };
    }
}

package dev.miroscim.http;

import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Replaces Tomcat's error page, for requests that are too broken to reach the filters, with an error in a plane's
 * format.
 */
class TomcatErrorPage extends ErrorReportValve {

    private final Planes planes;
    private final ErrorWriter errors;

    TomcatErrorPage(Planes planes, ErrorWriter errors) {
        this.planes = planes;
        this.errors = errors;
    }

    @Override
    protected void report(Request request, Response response, @Nullable Throwable throwable) {
        if (response.getStatus() < 400 || response.getContentWritten() > 0 || !response.setErrorReported()) {
            return;
        }
        String path = request.getRequestURI();
        Plane plane = path == null || path.isEmpty() ? planes.first() : planes.of(NormalizedPath.of(path));
        ApiError error = HostTolerantProcessor.hasBadHost(request.getCoyoteRequest())
                ? ApiError.of(HttpStatus.BAD_REQUEST, "The Host header is not the name or address of a host")
                : ApiErrors.ofStatus(response.getStatus(), plane, request);
        try {
            plane.headers().forEach(response::setHeader);
            RequestId.restore(request, response.getResponse());
            errors.write(plane, error, request, response.getResponse());
            response.finishResponse();
        } catch (IOException | IllegalStateException e) {
            container.getLogger().debug("Could not report an error", e);
        }
    }
}

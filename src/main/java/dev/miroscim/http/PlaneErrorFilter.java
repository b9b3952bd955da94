package dev.miroscim.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * The frame around every request: evens out its path, and turns whatever fails outside the controllers,
 * Spring Security and its firewall included, into an error in the plane's words.
 */
@Component
@Order(FilterOrder.PLANE_ERRORS)
class PlaneErrorFilter extends OncePerRequestFilter {

    private final Planes planes;
    private final ErrorWriter errors;

    PlaneErrorFilter(Planes planes, ErrorWriter errors) {
        this.planes = planes;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        boolean afterError = request.getDispatcherType() == DispatcherType.ERROR;
        Plane plane = afterError ? planeBeforeError(request) : planes.of(request);
        plane.headers().forEach(response::setHeader);
        if (afterError) {
            errors.write(plane, response.getStatus(), request, response);
        } else {
            inside(plane, request, response, chain);
        }
    }

    private void inside(Plane plane, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            chain.doFilter(new NormalizedPath(request), new PlaneResponse(plane, request, response));
        } catch (ServletException | IOException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            errors.write(plane, e, request, response);
        }
    }

    /** Tomcat's way to an error page, which it goes by itself for TRACE and for bodies whose chunks are broken. */
    private Plane planeBeforeError(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
                ? planes.of(NormalizedPath.of(path))
                : planes.of(request);
    }

    private final class PlaneResponse extends HttpServletResponseWrapper {

        private final Plane plane;
        private final HttpServletRequest request;

        PlaneResponse(Plane plane, HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.plane = plane;
            this.request = request;
        }

        @Override
        public void sendError(int status) throws IOException {
            errors.write(plane, status, request, this);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}

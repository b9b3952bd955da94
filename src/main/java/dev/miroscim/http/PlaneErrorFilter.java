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
 * The frame around every request: normalizes the path, and turns failures outside the controllers, including those of
 * Spring Security and its firewall, into errors in the plane's format.
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
            NormalizedPath.requireEscapes(request.getRequestURI());
            chain.doFilter(new NormalizedPath(request), new PlaneResponse(plane, request, response));
        } catch (ServletException | IOException | RuntimeException e) {
            if (response.isCommitted()) {
                throw ApiErrors.afterTheAnswerBegan(e);
            }
            errors.write(plane, e, request, response);
        }
    }

    /**
     * The plane of a request that Tomcat dispatched to the error page itself, as it does for TRACE and for broken
     * chunked bodies.
     */
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

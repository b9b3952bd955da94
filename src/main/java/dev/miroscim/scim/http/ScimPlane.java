package dev.miroscim.scim.http;

import dev.miroscim.scim.ResourceLocations;
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
 * The frame around every request below SCIM's base path: evens out its path, and turns whatever fails outside the
 * controllers, Spring Security and its firewall included, into a SCIM error.
 */
@Component
@Order(ScimPlane.ORDER)
class ScimPlane extends OncePerRequestFilter {

    /** After the filter that listens to notes, before Spring Security at -100. */
    static final int ORDER = -110;

    private final ErrorAnswers errors;

    ScimPlane(ErrorAnswers errors) {
        this.errors = errors;
    }

    /** Whether the request is SCIM's, be it by the path as it was sent or as the container understands it. */
    static boolean covers(HttpServletRequest request) {
        return isBelowBase(request.getServletPath()) || isBelowBase(request.getRequestURI());
    }

    private static boolean isBelowBase(String path) {
        return path.startsWith(ResourceLocations.BASE_PATH)
                && (path.length() == ResourceLocations.BASE_PATH.length()
                        || path.charAt(ResourceLocations.BASE_PATH.length()) == '/');
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !covers(request) && request.getDispatcherType() != DispatcherType.ERROR;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            afterError(request, response, chain);
            return;
        }
        try {
            chain.doFilter(new PlainPath(request), new Answer(request, response));
        } catch (ServletException | IOException | RuntimeException e) {
            if (response.isCommitted()) {
                throw e;
            }
            errors.write(e, request, response);
        }
    }

    /** Tomcat's way to an error page, which it goes by itself for TRACE and for bodies whose chunks are broken. */
    private void afterError(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String path
                && isBelowBase(PlainPath.of(path))) {
            errors.write(Faults.ofStatus(response.getStatus()), request, response);
        } else {
            chain.doFilter(request, response);
        }
    }

    private final class Answer extends HttpServletResponseWrapper {

        private final HttpServletRequest request;

        Answer(HttpServletRequest request, HttpServletResponse response) {
            super(response);
            this.request = request;
        }

        @Override
        public void sendError(int status) throws IOException {
            errors.write(Faults.ofStatus(status), request, this);
        }

        @Override
        public void sendError(int status, String message) throws IOException {
            sendError(status);
        }
    }
}

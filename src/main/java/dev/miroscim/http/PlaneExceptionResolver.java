package dev.miroscim.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.resource.ResourceHttpRequestHandler;

/**
 * Answers exceptions of Spring MVC and of a plane's controllers. Finds the plane by the path and not by the controller,
 * because unknown paths and methods have no controller.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class PlaneExceptionResolver implements HandlerExceptionResolver {

    private final Planes planes;
    private final ErrorWriter errors;

    PlaneExceptionResolver(Planes planes, ErrorWriter errors) {
        this.planes = planes;
        this.errors = errors;
    }

    @Override
    public ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        Plane plane = planes.of(request);
        try {
            // Spring's handler for static files takes every path without a controller and then rejects the method.
            if (handler instanceof ResourceHttpRequestHandler
                    && exception instanceof HttpRequestMethodNotSupportedException) {
                errors.write(plane, 404, request, response);
            } else {
                errors.write(plane, exception, request, response);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }
}

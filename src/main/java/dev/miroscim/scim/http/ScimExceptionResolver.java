package dev.miroscim.scim.http;

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
 * Answers what Spring MVC and the controllers throw below SCIM's base path. Goes by the path and not by the controller,
 * since paths and methods that nobody handles have no controller.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class ScimExceptionResolver implements HandlerExceptionResolver {

    private final ErrorAnswers errors;

    ScimExceptionResolver(ErrorAnswers errors) {
        this.errors = errors;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception exception) {
        if (!ScimPlane.covers(request)) {
            return null;
        }
        try {
            errors.write(fault(handler, exception, request), request, response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ModelAndView();
    }

    private static Fault fault(@Nullable Object handler, Exception exception, HttpServletRequest request) {
        // The handler of static files takes every path that nobody else does, and then objects to the method.
        return handler instanceof ResourceHttpRequestHandler
                        && exception instanceof HttpRequestMethodNotSupportedException
                ? Faults.ofStatus(404)
                : Faults.of(exception, request);
    }
}

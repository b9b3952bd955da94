package dev.miroscim.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collection;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Refuses a query that has a parameter twice, unless the handler reads a list: which of the two is meant would be a
 * guess, and Spring would make one text of them.
 */
@Component
class RepeatedParameters implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String query = request.getQueryString();
        if (query != null && query.contains("&") && handler instanceof HandlerMethod method) {
            request.getParameterMap().forEach((name, values) -> {
                if (values.length > 1 && !readsList(method, name)) {
                    throw new ApiErrorException(ApiError.of(
                            HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, "The parameter " + name + " is repeated"));
                }
            });
        }
        return true;
    }

    private static boolean readsList(HandlerMethod method, String name) {
        return Arrays.stream(method.getMethodParameters())
                .anyMatch(parameter -> isList(parameter.getParameterType()) && name.equals(name(parameter)));
    }

    private static boolean isList(Class<?> type) {
        return type.isArray() || Collection.class.isAssignableFrom(type);
    }

    private static String name(MethodParameter parameter) {
        RequestParam annotation = parameter.getParameterAnnotation(RequestParam.class);
        if (annotation == null) {
            return "";
        }
        return annotation.name().isEmpty() ? String.valueOf(parameter.getParameterName()) : annotation.name();
    }
}

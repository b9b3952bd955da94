package dev.miroscim.scim.http;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Answers OPTIONS for groups with the methods of the organisation's group model. Spring would list every method that
 * has a handler, also one that only says which rule refuses it.
 */
final class GroupOptions implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!HttpMethod.OPTIONS.matches(request.getMethod()) || !ScimPlane.isGroups(request)) {
            return true;
        }
        response.setHeader(HttpHeaders.ALLOW, ScimPlane.methodsOfGroups(request));
        return false;
    }
}

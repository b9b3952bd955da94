package dev.miroscim.platform;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.Scope;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.Authentication;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/** Checks the {@link RestCall} of a handler, and that the path belongs to the caller's organisation. */
@Component
class RestCallInterceptor implements HandlerInterceptor {

    /** The path variable that names the organisation. */
    static final String ORGANIZATION = "org_id";

    /** The response header that names the missing scopes. */
    static final String MISSING_SCOPE = "X-Miro-Missing-Scope";

    /** Miro does not say what is missing. */
    static final ApiError DENIED = ApiError.of(HttpStatus.FORBIDDEN, "Access Denied");

    private final Credits credits;

    RestCallInterceptor(Credits credits) {
        this.credits = credits;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method) || request.getMethod().equals(HttpMethod.OPTIONS.name())) {
            return true; // the answer will be 404, or a static resource
        }
        RestCall terms = method.getMethodAnnotation(RestCall.class);
        if (terms != null && terms.withoutToken() && request.getUserPrincipal() == null) {
            return true;
        }
        if (terms == null
                || !(request.getUserPrincipal() instanceof Authentication authentication)
                || !(authentication.getPrincipal() instanceof AccessContext caller)) {
            throw new IllegalStateException(method + " has no @RestCall annotation");
        }
        if (!terms.perItem()) {
            credits.take(caller, terms.level().credits(), response);
        }
        requireScopes(terms, caller);
        Map<?, ?> named = (Map<?, ?>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        requireOwnOrganization(named.get(ORGANIZATION), caller);
        requireIds(named.values());
        return true;
    }

    private static void requireScopes(RestCall terms, AccessContext caller) {
        String missing = Arrays.stream(terms.scopes())
                .filter(scope -> !caller.allows(scope))
                .map(Scope::wireName)
                .collect(Collectors.joining(", "));
        if (!missing.isEmpty()) {
            MiroRule.TOKEN_SCOPES.noteRefusal(null, "The token lacks the scope " + missing);
            throw new ApiErrorException(DENIED.with(MISSING_SCOPE, missing));
        }
    }

    private static void requireOwnOrganization(@Nullable Object named, AccessContext caller) {
        if (named != null && !named.equals(Long.toString(caller.organizationId()))) {
            throw new ApiErrorException(ApiError.of(HttpStatus.NOT_FOUND, "Organization " + named + " was not found"));
        }
    }

    /**
     * Refuses other spellings of an id, so that each resource has one address: Spring also reads {@code +5},
     * {@code 0x5} and {@code ' 5 '} as 5.
     */
    private static void requireIds(Collection<?> named) {
        for (Object id : named) {
            if (!RestFormat.isId(id.toString())) {
                throw new ApiErrorException(ApiError.of(HttpStatus.NOT_FOUND, "Nothing has the id " + id));
            }
        }
    }
}

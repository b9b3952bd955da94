package dev.miroscim.scim.http;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.RateLimits;
import dev.miroscim.access.RateLimits.Allowance;
import dev.miroscim.access.RateLimits.Balance;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.http.ApiErrorException;
import dev.miroscim.scim.ResourceLocations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Miro's limits for SCIM calls: a number of calls of each kind, per organisation, in 30 seconds. Discovery has no
 * limit.
 */
@Component
class ScimRates implements HandlerInterceptor {

    private static final Duration WINDOW = Duration.ofSeconds(30);

    /** Miro counts a group PATCH of up to this many bytes as small. */
    private static final int SMALL_PATCH = 500;

    private final RateLimits limits;
    private final Clock clock;

    ScimRates(RateLimits limits, Clock clock) {
        this.limits = limits;
        this.clock = clock;
    }

    private record Limit(String calls, int perWindow) {}

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!limits.enforced()) {
            return true;
        }
        Limit limit = limit(request);
        Authentication caller = SecurityContextHolder.getContext().getAuthentication();
        if (limit == null || caller == null || !(caller.getPrincipal() instanceof AccessContext access)) {
            return true;
        }
        String counted = "scim:" + access.organizationId() + ":" + limit.calls();
        Balance balance = limits.take(new Allowance(counted, limit.perWindow(), WINDOW), 1);
        balance.headers().forEach(response::setHeader);
        if (!balance.granted()) {
            MiroRule.RATE_LIMIT.noteRefusal();
            throw new ApiErrorException(
                    ScimPlane.TOO_MANY_REQUESTS.with(HttpHeaders.RETRY_AFTER, balance.retryAfter(clock.instant())));
        }
        return true;
    }

    /** Uses the mapping of the handler, because a path has many spellings. */
    private static @Nullable Limit limit(HttpServletRequest request) {
        String method = request.getMethod().equals("HEAD") ? "GET" : request.getMethod();
        String mapping = String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
        return switch (method + " " + mapping.replace(ResourceLocations.BASE_PATH, "")) {
            case "GET /Users" -> new Limit("list users", 200);
            case "POST /Users" -> new Limit("create user", 200);
            case "GET /Users/{id}" -> new Limit("get user", 200);
            case "PUT /Users/{id}" -> new Limit("replace user", 100);
            case "PATCH /Users/{id}" -> new Limit("patch user", 100);
            case "DELETE /Users/{id}" -> new Limit("delete user", 20);
            case "GET /Groups" -> new Limit("list groups", 5);
            case "GET /Groups/{id}" -> new Limit("get group", 20);
            case "PATCH /Groups/{id}" ->
                isSmall(request) ? new Limit("patch group", 100) : new Limit("patch group at large", 5);
            // Only user groups can be created and deleted; Miro publishes no limits for these calls.
            case "POST /Groups" -> new Limit("write group", 100);
            case "DELETE /Groups/{id}" -> new Limit("delete group", 20);
            default -> null;
        };
    }

    /** A body without a Content-Length counts as large. */
    private static boolean isSmall(HttpServletRequest request) {
        long length = request.getContentLengthLong();
        return length >= 0 && length <= SMALL_PATCH;
    }
}

package dev.miroscim.http;

import dev.miroscim.database.Database;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.health.application.LivenessStateHealthIndicator;
import org.springframework.boot.health.application.ReadinessStateHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells container engines and load balancers, without a token, how this server is:
 *
 * <ul>
 *   <li>{@code /health}: it accepts requests, from the end of its start until its shutdown begins.
 *   <li>{@code /health/live}: its process works.
 *   <li>{@code /health/ready}: it accepts requests, and the database answers.
 * </ul>
 *
 * <p>Only the last one asks the database. While it is unavailable, this server answers 503 with {@code Retry-After},
 * which clients can handle, and restarting servers would only make that worse.
 */
@Configuration(proxyBeanMethods = false)
class HealthCheck {

    static final String PATH = "/health";

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> healthCheckFilter(
            ApplicationAvailability availability, Database database) {
        HealthIndicator live = new LivenessStateHealthIndicator(availability);
        HealthIndicator accepting = new ReadinessStateHealthIndicator(availability);
        Map<String, Supplier<Status>> checks = Map.of(
                PATH,
                () -> status(accepting) == Status.UP ? Status.UP : Status.DOWN,
                PATH + "/live",
                () -> status(live),
                PATH + "/ready",
                () -> status(accepting) == Status.UP ? status(database) : status(accepting));
        FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new Answering(checks));
        checks.keySet().forEach(filter::addUrlPatterns);
        filter.setOrder(FilterOrder.HEALTH);
        return filter;
    }

    private static Status status(HealthIndicator indicator) {
        Health health = indicator.health();
        return health == null ? Status.UNKNOWN : health.getStatus();
    }

    private static Status status(Database database) {
        return database.answers() ? Status.UP : Status.DOWN;
    }

    private static final class Answering extends OncePerRequestFilter {

        private final Map<String, Supplier<Status>> checks;

        Answering(Map<String, Supplier<Status>> checks) {
            this.checks = checks;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException {
            if (!HttpMethod.GET.matches(request.getMethod()) && !HttpMethod.HEAD.matches(request.getMethod())) {
                response.setHeader("Allow", "GET, HEAD");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getWriter().write("""
                        {"status":405,"code":"methodNotAllowed","message":"Use GET or HEAD","type":"error"}""");
                return;
            }
            Supplier<Status> check = checks.get(request.getServletPath());
            Status status = check == null ? Status.UNKNOWN : check.get();
            response.setStatus(
                    status == Status.UP ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Cache-Control", "no-store");
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().write("{\"status\":\"" + status.getCode() + "\"}");
        }
    }
}

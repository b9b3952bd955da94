package dev.miroscim.http;

import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Tells container engines and load balancers, in front of everything that wants a token, whether to send requests here:
 * from when the program is ready until it is asked to end.
 *
 * <p>The database is not asked. While it is away this server answers 503 with {@code Retry-After} in words its clients
 * read; a load balancer that took out all servers for it, or an engine that restarted them, could only do worse.
 */
@Configuration(proxyBeanMethods = false)
class HealthCheck {

    static final String PATH = "/health";

    @Bean
    FilterRegistrationBean<OncePerRequestFilter> healthCheckFilter(ApplicationAvailability availability) {
        FilterRegistrationBean<OncePerRequestFilter> filter = new FilterRegistrationBean<>(new Answering(availability));
        filter.addUrlPatterns(PATH);
        filter.setOrder(FilterOrder.HEALTH);
        return filter;
    }

    private static final class Answering extends OncePerRequestFilter {

        private final ApplicationAvailability availability;

        Answering(ApplicationAvailability availability) {
            this.availability = availability;
        }

        @Override
        protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
                throws IOException {
            if (!HttpMethod.GET.matches(request.getMethod()) && !HttpMethod.HEAD.matches(request.getMethod())) {
                response.setHeader("Allow", "GET, HEAD");
                response.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
                return;
            }
            boolean ready = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
            response.setStatus(ready ? HttpServletResponse.SC_OK : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
            response.setHeader("Cache-Control", "no-store");
            response.setContentType(MediaType.APPLICATION_JSON_VALUE);
            response.getWriter().write(ready ? "{\"status\":\"UP\"}" : "{\"status\":\"DOWN\"}");
        }
    }
}

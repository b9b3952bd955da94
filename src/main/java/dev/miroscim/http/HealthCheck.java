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
 * Tells container engines and load balancers, without a token, whether this server accepts requests: from the end of
 * its start until its shutdown begins.
 *
 * <p>It does not check the database. While the database is unavailable, this server answers 503 with
 * {@code Retry-After}, which clients can handle. Taking out or restarting all servers would only make that worse.
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
                response.setContentType(MediaType.APPLICATION_JSON_VALUE);
                response.getWriter().write("""
                        {"status":405,"code":"methodNotAllowed","message":"Use GET or HEAD","type":"error"}""");
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

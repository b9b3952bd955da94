package dev.miroscim.http;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Believes the Forwarded and X-Forwarded headers of whatever stands in front, since {@code meta.location} has to name
 * the address that clients know. Stands inside the frame of the planes, other than Spring Boot would put it: of headers
 * that cannot be read, clients have to hear in their plane's words too.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedHeaders {

    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwardedHeaderFilter() {
        FilterRegistrationBean<ForwardedHeaderFilter> filter =
                new FilterRegistrationBean<>(new CheckedForwardedHeaderFilter());
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(PlaneFrame.ORDER + 1);
        return filter;
    }

    /** Refuses what is forwarded from no address: found out by a location in the answer, it would be too late. */
    private static final class CheckedForwardedHeaderFilter extends ForwardedHeaderFilter {

        @Override
        protected void doFilterInternal(
                HttpServletRequest request, HttpServletResponse response, FilterChain filterChain)
                throws ServletException, IOException {
            super.doFilterInternal(request, response, (forwarded, answer) -> {
                if (isAddress(forwarded.getScheme(), forwarded.getServerName())) {
                    filterChain.doFilter(forwarded, answer);
                } else {
                    response.sendError(HttpServletResponse.SC_BAD_REQUEST);
                }
            });
        }

        private static boolean isAddress(String scheme, String host) {
            try {
                return scheme.matches("(?i)https?") && new URI(scheme + "://" + host).isAbsolute();
            } catch (URISyntaxException e) {
                return false;
            }
        }
    }
}

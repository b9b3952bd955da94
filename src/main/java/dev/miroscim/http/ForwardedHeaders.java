package dev.miroscim.http;

import jakarta.servlet.DispatcherType;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.filter.ForwardedHeaderFilter;

/**
 * Believes the Forwarded and X-Forwarded headers of whatever stands in front, since {@code meta.location} has to name the
 * address that clients know. Stands inside the frame of the planes, other than Spring Boot would put it: of headers that
 * cannot be read, clients have to hear in their plane's words too.
 */
@Configuration(proxyBeanMethods = false)
class ForwardedHeaders {

    @Bean
    FilterRegistrationBean<ForwardedHeaderFilter> forwardedHeaderFilter() {
        FilterRegistrationBean<ForwardedHeaderFilter> filter =
                new FilterRegistrationBean<>(new ForwardedHeaderFilter());
        filter.setDispatcherTypes(DispatcherType.REQUEST);
        filter.setOrder(PlaneFrame.ORDER + 1);
        return filter;
    }
}

package dev.miroscim;

import jakarta.servlet.Filter;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;

/** A filter of tests that stands before all filters of the program, so that it sees what any of them does. */
final class OutermostFilter {

    private OutermostFilter() {}

    static FilterRegistrationBean<Filter> of(Filter filter) {
        FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }
}

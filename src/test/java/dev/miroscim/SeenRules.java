package dev.miroscim;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/** Remembers the rules of all answers in this test run. */
@TestConfiguration(proxyBeanMethods = false)
class SeenRules {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    static Set<String> ids() {
        return SEEN;
    }

    /** Comes before all other filters, so that it sees what any of them answers. */
    @Bean
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static Filter rememberingRules() {
        return (request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } finally {
                SEEN.addAll(((HttpServletResponse) response).getHeaders("X-Miro-Rule"));
            }
        };
    }
}

package dev.miroscim;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;

/** Remembers the rules of all answers in this test run. */
@TestConfiguration(proxyBeanMethods = false)
class SeenRules {

    private static final Set<String> SEEN = ConcurrentHashMap.newKeySet();

    static Set<String> ids() {
        return SEEN;
    }

    @Bean
    static FilterRegistrationBean<Filter> rememberingRules() {
        return OutermostFilter.of((request, response, chain) -> {
            try {
                chain.doFilter(request, response);
            } finally {
                SEEN.addAll(((HttpServletResponse) response).getHeaders("X-Miro-Rule"));
            }
        });
    }
}

package dev.miroscim.platform;

import dev.miroscim.access.PlaneSecurity;
import dev.miroscim.access.TokenKind;
import dev.miroscim.http.ErrorWriter;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/**
 * Requires a REST token for every call, except those that carry a token in their parameters or body.
 * {@link RestCallInterceptor} checks scopes, because it knows the call.
 */
@Configuration(proxyBeanMethods = false)
class RestSecurity {

    private final RestPlane plane;
    private final ErrorWriter errors;

    RestSecurity(RestPlane plane, ErrorWriter errors) {
        this.plane = plane;
        this.errors = errors;
    }

    @Bean
    @Order(2)
    SecurityFilterChain rest(HttpSecurity http, PlaneSecurity planes) throws Exception {
        return planes.readTokens(
                        http.securityMatcher(RestPlane.PATHS),
                        TokenKind.REST,
                        errors.unauthorized(
                                plane, "REST", "The Authorization header has no token", "Invalid token provided"),
                        (request, response, _) -> errors.write(plane, RestCallInterceptor.DENIED, request, response))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST, RevocationController.PATHS)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }
}

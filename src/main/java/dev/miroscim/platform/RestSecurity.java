package dev.miroscim.platform;

import dev.miroscim.access.PlaneSecurity;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
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
                        this::unauthorized,
                        (request, response, _) -> errors.write(plane, RestCallInterceptor.DENIED, request, response))
                .authorizeHttpRequests(requests -> requests.requestMatchers(HttpMethod.POST, RevocationController.PATHS)
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .build();
    }

    private void unauthorized(HttpServletRequest request, HttpServletResponse response, AuthenticationException refusal)
            throws IOException {
        MiroRule.TOKEN_OPENS_ORGANIZATION.noteRefusal();
        // RFC 6750, section 3.1: only an answer to a wrong token has an error code, not one to a missing token.
        boolean sent = refusal instanceof OAuth2AuthenticationException;
        errors.write(
                plane,
                ApiError.of(
                                HttpStatus.UNAUTHORIZED,
                                sent ? "Invalid token provided" : "The Authorization header has no token")
                        .with(
                                HttpHeaders.WWW_AUTHENTICATE,
                                "Bearer realm=\"REST\"" + (sent ? ", error=\"invalid_token\"" : "")),
                request,
                response);
    }
}

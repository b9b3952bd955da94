package dev.miroscim.scim.http;

import dev.miroscim.access.AccessContext;
import dev.miroscim.access.PlaneSecurity;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ErrorWriter;
import dev.miroscim.scim.ResourceLocations;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.SecurityFilterChain;

/** Requires the SCIM token of an organisation with SCIM switched on for everything below the base path. */
@Configuration(proxyBeanMethods = false)
class ScimSecurity {

    private final ScimPlane plane;
    private final ErrorWriter errors;

    ScimSecurity(ScimPlane plane, ErrorWriter errors) {
        this.plane = plane;
        this.errors = errors;
    }

    @Bean
    @Order(1)
    SecurityFilterChain scim(HttpSecurity http, PlaneSecurity planes) throws Exception {
        return planes.readTokens(
                        http.securityMatcher(ResourceLocations.BASE_PATH + "/**"),
                        TokenKind.SCIM,
                        errors.unauthorized(
                                plane,
                                "SCIM",
                                "The Authorization header has no SCIM token",
                                "The token in the Authorization header is not a valid SCIM token"),
                        (request, response, _) -> forbidden(request, response))
                .authorizeHttpRequests(requests -> requests.anyRequest().access((caller, _) -> hasScim(caller)))
                .build();
    }

    private static AuthorizationDecision hasScim(Supplier<? extends @Nullable Authentication> caller) {
        Authentication authentication = caller.get();
        return new AuthorizationDecision(authentication != null
                && authentication.getPrincipal() instanceof AccessContext context
                && context.settings().scimEnabled());
    }

    private void forbidden(HttpServletRequest request, HttpServletResponse response) throws IOException {
        MiroRule.SCIM_SWITCHED_OFF.noteRefusal();
        errors.write(
                plane,
                ApiError.of(HttpStatus.FORBIDDEN, "SCIM is switched off for this organization"),
                request,
                response);
    }
}

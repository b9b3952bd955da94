package dev.miroscim.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.miroscim.access.PlaneSecurity;
import dev.miroscim.emulator.AdminPassword;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;

/** Requires the admin password for everything below {@code /emulator}; tokens are not accepted. */
@Configuration(proxyBeanMethods = false)
class EmulatorSecurity {

    private static final String ADMIN = "admin";

    private final EmulatorPlane plane;
    private final ErrorWriter errors;

    EmulatorSecurity(EmulatorPlane plane, ErrorWriter errors) {
        this.plane = plane;
        this.errors = errors;
    }

    @Bean
    @Order(3)
    SecurityFilterChain emulator(HttpSecurity http, AdminPassword password) throws Exception {
        AuthenticationEntryPoint unauthorized = (request, response, _) -> {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Basic realm=\"miro-scim\", charset=\"UTF-8\"");
            errors.write(
                    plane,
                    ApiError.of(
                            HttpStatus.UNAUTHORIZED,
                            "Use HTTP Basic with the user '" + ADMIN + "' and the admin password"),
                    request,
                    response);
        };
        AccessDeniedHandler forbidden = (request, response, _) -> errors.write(
                plane,
                ApiError.of(HttpStatus.FORBIDDEN, "Pages of other sites cannot call this API"),
                request,
                response);
        return PlaneSecurity.stateless(http.securityMatcher(EmulatorApi.BASE_PATH + "/**"), unauthorized, forbidden)
                .authenticationManager(new ProviderManager(new PasswordCheck(password)))
                .httpBasic(basic -> basic.authenticationEntryPoint(unauthorized))
                .authorizeHttpRequests(requests -> requests.anyRequest()
                        .access((caller, context) -> new AuthorizationDecision(caller.get() != null
                                && caller.get() instanceof UsernamePasswordAuthenticationToken
                                && !isFromAnotherSite(context.getRequest()))))
                .build();
    }

    /**
     * Whether another site made a browser send this request: the browser would add a remembered password, but it also
     * names the site.
     */
    private static boolean isFromAnotherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        return site != null && !site.equals("same-origin") && !site.equals("none");
    }

    /**
     * Compares hashes in constant time, so that the duration reveals neither how much of a guess is right nor how long
     * the password is; and fast enough for a test suite with thousands of calls.
     */
    private record PasswordCheck(byte[] sha256) implements AuthenticationProvider {

        PasswordCheck(AdminPassword password) {
            this(hash(requireNonNull(password.secret().value())));
        }

        private static byte[] hash(String password) {
            try {
                return MessageDigest.getInstance("SHA-256").digest(password.getBytes(UTF_8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }

        @Override
        public Authentication authenticate(Authentication claim) {
            boolean right = MessageDigest.isEqual(hash(String.valueOf(claim.getCredentials())), sha256);
            if (!right || !ADMIN.equals(claim.getName())) {
                throw new BadCredentialsException("Not the admin password");
            }
            return UsernamePasswordAuthenticationToken.authenticated(ADMIN, null, List.of());
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
        }
    }
}

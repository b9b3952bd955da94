package dev.miroscim.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.miroscim.access.PlaneSecurity;
import dev.miroscim.emulator.AdminPassword;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.Clients;
import dev.miroscim.http.ErrorWriter;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
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
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.authentication.WebAuthenticationDetails;

/** Requires the admin password for everything below {@code /emulator} and the metrics; tokens are not accepted. */
@Configuration(proxyBeanMethods = false)
class EmulatorSecurity {

    private static final String ADMIN = "admin";

    private static final int FREE_ATTEMPTS = 5;

    /** More, because a proxy is the peer of all its clients. */
    private static final int FREE_ATTEMPTS_OF_PEER = 20;

    private final EmulatorPlane plane;
    private final ErrorWriter errors;

    EmulatorSecurity(EmulatorPlane plane, ErrorWriter errors) {
        this.plane = plane;
        this.errors = errors;
    }

    @Bean
    @Order(3)
    SecurityFilterChain emulator(HttpSecurity http, AdminPassword password) throws Exception {
        AuthenticationEntryPoint unauthorized = (request, response, refusal) -> {
            if (refusal instanceof TooManyAttemptsException e) {
                errors.write(plane, e.error(), request, response);
                return;
            }
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
        return PlaneSecurity.stateless(
                        http.securityMatcher(EmulatorApi.BASE_PATH + "/**", EmulatorApi.METRICS_PATH),
                        unauthorized,
                        forbidden)
                .authenticationManager(new ProviderManager(new PasswordCheck(password)))
                .httpBasic(
                        basic -> basic.authenticationEntryPoint(unauthorized).authenticationDetailsSource(Caller::new))
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

    /** Who sent a password. */
    private static final class Caller extends WebAuthenticationDetails {

        private static final long serialVersionUID = 1L;

        private final String peer;
        private final String client;

        Caller(HttpServletRequest request) {
            super(request);
            this.peer = Clients.peer(request);
            this.client = Clients.client(request);
        }
    }

    /** The password was not looked at. */
    private static final class TooManyAttemptsException extends AuthenticationException {

        private static final long serialVersionUID = 1L;

        private final long seconds;

        TooManyAttemptsException(Duration pause) {
            super("Too many wrong passwords");
            this.seconds = pause.plusMillis(999).toSeconds();
        }

        ApiError error() {
            return ApiError.of(
                            HttpStatus.TOO_MANY_REQUESTS,
                            "Too many wrong passwords from your address; try again in " + seconds + " s")
                    .with(HttpHeaders.RETRY_AFTER, Long.toString(seconds));
        }
    }

    /**
     * Compares hashes in constant time, so that the duration reveals neither how much of a guess is right nor how long
     * the password is; and fast enough for a test suite with thousands of calls. Counts wrong passwords by client, and
     * by peer for those that name another client each time.
     */
    private record PasswordCheck(byte[] sha256, PasswordAttempts ofClients, PasswordAttempts ofPeers)
            implements AuthenticationProvider {

        PasswordCheck(AdminPassword password) {
            this(
                    hash(requireNonNull(password.secret().value())),
                    new PasswordAttempts(FREE_ATTEMPTS, Ticker.systemTicker()),
                    new PasswordAttempts(FREE_ATTEMPTS_OF_PEER, Ticker.systemTicker()));
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
            Caller caller = (Caller) requireNonNull(claim.getDetails());
            require(ofClients.pause(caller.client));
            require(ofPeers.pause(caller.peer));
            boolean right = MessageDigest.isEqual(hash(String.valueOf(claim.getCredentials())), sha256);
            if (!right || !ADMIN.equals(claim.getName())) {
                require(ofClients.fail(caller.client));
                require(ofPeers.fail(caller.peer));
                throw new BadCredentialsException("Not the admin password");
            }
            return UsernamePasswordAuthenticationToken.authenticated(ADMIN, null, List.of());
        }

        private static void require(Duration pause) {
            if (pause.isPositive()) {
                throw new TooManyAttemptsException(pause);
            }
        }

        @Override
        public boolean supports(Class<?> authentication) {
            return UsernamePasswordAuthenticationToken.class.isAssignableFrom(authentication);
        }
    }
}

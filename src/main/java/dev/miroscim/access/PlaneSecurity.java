package dev.miroscim.access;

import org.springframework.http.HttpHeaders;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.header.writers.StaticHeadersWriter;
import org.springframework.stereotype.Component;

/** What the chains of all planes that take bearer tokens have in common. */
@Component
public class PlaneSecurity {

    private final TokenLookup lookup;

    PlaneSecurity(TokenLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Makes the chain stateless and reads tokens of {@code kind} on it. The plane itself says which requests it
     * matches, what it authorizes and in which words it refuses.
     *
     * @param unauthorized answers a request without a valid token
     * @param forbidden answers a request whose token is valid and does not suffice
     */
    public HttpSecurity readTokens(
            HttpSecurity http, TokenKind kind, AuthenticationEntryPoint unauthorized, AccessDeniedHandler forbidden)
            throws Exception {
        return stateless(http, unauthorized, forbidden)
                .oauth2ResourceServer(server -> server.bearerTokenResolver(new BearerTokens())
                        .authenticationEntryPoint(unauthorized)
                        .accessDeniedHandler(forbidden)
                        .opaqueToken(token -> token.introspector(lookup.introspector(kind))));
    }

    /** Makes a chain that keeps nothing between requests, and whose answers are not to be kept either. */
    public static HttpSecurity stateless(
            HttpSecurity http, AuthenticationEntryPoint unauthorized, AccessDeniedHandler forbidden) throws Exception {
        return http.sessionManagement(session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .headers(headers -> headers.defaultsDisabled()
                        .contentTypeOptions(Customizer.withDefaults())
                        .addHeaderWriter(new StaticHeadersWriter(HttpHeaders.CACHE_CONTROL, "no-store")))
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(unauthorized).accessDeniedHandler(forbidden));
    }
}

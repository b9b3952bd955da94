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

/** The part of the security configuration that all APIs with bearer tokens share. */
@Component
public class PlaneSecurity {

    private final TokenLookup lookup;

    PlaneSecurity(TokenLookup lookup) {
        this.lookup = lookup;
    }

    /**
     * Makes the chain stateless and has it read tokens of {@code kind}. The plane adds which requests it matches, how
     * it authorizes them and how it words refusals.
     *
     * @param unauthorized answers a request without a valid token
     * @param forbidden answers a request whose token is valid but not sufficient
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

package dev.miroscim.access;

import dev.miroscim.directory.organizations.OrganizationSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.web.context.RequestAttributeSecurityContextRepository;

/**
 * The organisation of a request's token.
 *
 * @param tokenId which of the organisation's tokens it was
 * @param settings the organisation's settings when its token was last looked up, possibly seconds ago. Use them only to
 *     choose what an API offers: rules read the settings again inside their transaction
 * @param scopes what the token allows, as stored when it was issued; SCIM has no scopes
 */
public record AccessContext(
        long tokenId,
        long organizationId,
        String organizationName,
        TokenKind kind,
        OrganizationSettings settings,
        List<String> scopes)
        implements OAuth2AuthenticatedPrincipal {

    public boolean allows(Scope scope) {
        return scopes.stream().flatMap(name -> Scope.named(name).stream()).anyMatch(scope::equals);
    }

    /** The context of a request, also after it was handled; empty without a valid token. */
    public static Optional<AccessContext> of(HttpServletRequest request) {
        // Spring Security's bearer token filter stores it there for later dispatches of the request.
        return request.getAttribute(RequestAttributeSecurityContextRepository.DEFAULT_REQUEST_ATTR_NAME)
                                instanceof SecurityContext security
                        && security.getAuthentication() != null
                        && security.getAuthentication().getPrincipal() instanceof AccessContext context
                ? Optional.of(context)
                : Optional.empty();
    }

    @Override
    public String getName() {
        return Long.toString(organizationId);
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of();
    }

    @Override
    public Collection<? extends GrantedAuthority> getAuthorities() {
        return List.of();
    }
}

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
 * The organisation that the token of a request opens.
 *
 * @param tokenId which of the organisation's tokens it was
 * @param settings what the organisation had decided when its token was last looked up, which may be seconds ago: enough
 *     to choose what a plane offers, but rules read the settings anew inside their transaction
 * @param scopes what the token allows, as it was said when it was issued; SCIM knows no scopes
 */
public record AccessContext(
        long tokenId,
        long organizationId,
        String organizationName,
        TokenKind kind,
        OrganizationSettings settings,
        List<String> scopes)
        implements OAuth2AuthenticatedPrincipal {

    /** Whether the token has this scope. */
    public boolean allows(Scope scope) {
        return scopes.stream().flatMap(name -> Scope.named(name).stream()).anyMatch(scope::equals);
    }

    /** What the token of a request opened, also after the request was handled; nothing if it opened nothing. */
    public static Optional<AccessContext> of(HttpServletRequest request) {
        // Where Spring Security's filter for bearer tokens leaves it for the request's later dispatches.
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

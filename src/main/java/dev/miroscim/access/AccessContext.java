package dev.miroscim.access;

import dev.miroscim.directory.OrganizationSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;

/**
 * The organisation that the token of a request opens.
 *
 * @param universeId the set of organisations that share e-mail addresses with this one
 * @param settings what the organisation had decided when its token was last looked up, which may be seconds ago: enough to
 *     choose what a plane offers, but rules read the settings anew inside their transaction
 */
public record AccessContext(
        long organizationId, long universeId, String organizationName, TokenKind kind, OrganizationSettings settings)
        implements OAuth2AuthenticatedPrincipal {

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

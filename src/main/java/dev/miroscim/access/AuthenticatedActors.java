package dev.miroscim.access;

import dev.miroscim.directory.audit.Actor;
import dev.miroscim.directory.audit.Actors;
import java.util.Optional;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.authentication.WebAuthenticationDetails;
import org.springframework.stereotype.Component;

/** Finds who sent the current request: a token, or a named administrator. */
@Component
class AuthenticatedActors implements Actors {

    @Override
    public Optional<Actor> current() {
        return Optional.ofNullable(SecurityContextHolder.getContext().getAuthentication())
                .filter(authentication ->
                        authentication.isAuthenticated() && !(authentication instanceof AnonymousAuthenticationToken))
                .map(AuthenticatedActors::actor);
    }

    private static Actor actor(Authentication authentication) {
        String address = authentication.getDetails() instanceof WebAuthenticationDetails details
                ? details.getRemoteAddress()
                : null;
        if (authentication.getPrincipal() instanceof AccessContext token) {
            return switch (token.kind()) {
                case SCIM -> new Actor(Actor.Kind.SCIM_PROVISIONER, token.tokenId(), "SCIM", address);
                case REST -> new Actor(Actor.Kind.APPLICATION, token.tokenId(), "REST", address);
            };
        }
        return new Actor(Actor.Kind.USER, null, authentication.getName(), address);
    }
}

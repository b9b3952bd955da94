package dev.miroscim.platform;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.people.OrganizationMembers;
import dev.miroscim.directory.teams.Teams;
import java.util.List;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Describes the token of the request. */
@RestController
class TokenController {

    private final OrganizationMembers people;
    private final Teams teams;

    TokenController(OrganizationMembers people, Teams teams) {
        this.people = people;
        this.teams = teams;
    }

    @JsonPropertyOrder({"type", "id", "name"})
    record Named(String type, String id, String name) {}

    /**
     * The context of a token.
     *
     * @param team the team that the app of the token was installed for
     * @param createdBy who installed the app
     * @param user for whom the app acts
     */
    @JsonPropertyOrder({"type", "organization", "team", "createdBy", "user", "scopes"})
    record TokenContext(
            String type, Named organization, Named team, Named createdBy, Named user, List<String> scopes) {}

    /**
     * Tokens here belong to no person and no team. The oldest company admin and the default team stand in, or else the
     * organisation, because clients rely on all four fields.
     */
    @GetMapping(path = "/v1/oauth-token", produces = RestPlane.MEDIA_TYPE)
    @RestCall(
            level = RateLimitLevel.ONE,
            scopes = {})
    TokenContext context(@AuthenticationPrincipal AccessContext caller) {
        long organizationId = caller.organizationId();
        String id = Long.toString(organizationId);
        String name = caller.organizationName();
        Named team = teams.first(organizationId)
                .map(first -> new Named("team", Long.toString(first.id()), first.name()))
                .orElseGet(() -> new Named("team", id, name));
        Named user = people.oldestAdmin(organizationId)
                .map(admin -> new Named(
                        "user",
                        Long.toString(admin.profileId()),
                        admin.profile().fullName().value()))
                .orElseGet(() -> new Named("user", id, name));
        return new TokenContext("oAuthToken", new Named("organization", id, name), team, user, user, caller.scopes());
    }
}

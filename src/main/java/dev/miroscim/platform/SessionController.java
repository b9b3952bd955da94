package dev.miroscim.platform;

import static dev.miroscim.access.Scope.SESSIONS_DELETE;

import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.people.OrganizationMembers;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Resets sessions. */
@RestController
class SessionController {

    private final OrganizationMembers people;

    SessionController(OrganizationMembers people) {
        this.people = people;
    }

    /** Signs a person of the organisation out everywhere; nobody is signed in here. */
    @PostMapping(path = "/v2/sessions/reset_all", produces = RestPlane.MEDIA_TYPE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(level = RateLimitLevel.THREE, scopes = SESSIONS_DELETE)
    void reset(@AuthenticationPrincipal AccessContext caller, @RequestParam String email) {
        if (email.isBlank()) {
            throw RestFormat.invalid("email is required");
        }
        people.resetSessions(caller.organizationId(), email.strip());
    }
}

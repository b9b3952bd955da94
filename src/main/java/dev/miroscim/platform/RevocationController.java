package dev.miroscim.platform;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.MiroRule;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Revokes REST tokens. Knowing the token is enough to revoke it. */
@RestController
class RevocationController {

    static final String BY_PARAMETER = "/v1/oauth/revoke";

    /** The path in Miro's newer reference. */
    static final String BY_BODY = "/v2/oauth2/revoke";

    /** The path in Miro's Node.js client. */
    static final String BY_BODY_OF_NODE = "/v2/oauth/revoke";

    static final String[] PATHS = {BY_PARAMETER, BY_BODY, BY_BODY_OF_NODE};

    private final AccessTokens tokens;

    RevocationController(AccessTokens tokens) {
        this.tokens = tokens;
    }

    record TokenToRevoke(
            @Nullable String accessToken,
            @Nullable String clientId,
            @Nullable String clientSecret) implements RestBody {}

    /** Miro's older call, which has the token in the URL, where logs keep it. */
    @PostMapping(path = BY_PARAMETER, produces = RestPlane.MEDIA_TYPE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(
            level = RateLimitLevel.ONE,
            withoutToken = true,
            scopes = {})
    void revoke(@RequestParam("access_token") String token) {
        end("access_token", token);
    }

    @PostMapping(path = BY_BODY, produces = RestPlane.MEDIA_TYPE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(
            level = RateLimitLevel.ONE,
            withoutToken = true,
            scopes = {})
    void revoke(@RequestBody TokenToRevoke revocation) {
        String token = required("accessToken", revocation.accessToken());
        required("clientId", revocation.clientId());
        required("clientSecret", revocation.clientSecret());
        end("accessToken", token);
        MiroRule.REVOCATION_BY_ANY_APP.note("clientId");
    }

    @PostMapping(path = BY_BODY_OF_NODE, produces = RestPlane.MEDIA_TYPE)
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(
            level = RateLimitLevel.ONE,
            withoutToken = true,
            scopes = {})
    void revokeByNode(@RequestBody TokenToRevoke revocation) {
        revoke(revocation);
    }

    private void end(String field, String token) {
        if (!tokens.revoke(TokenKind.REST, token)) {
            MiroRule.REVOKED_TOKEN_VALID.noteRefusal(field, "The token is not valid.");
            throw RestFormat.invalid("Invalid token provided");
        }
    }

    private static String required(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw RestFormat.invalid(field + " is required");
        }
        return value;
    }
}

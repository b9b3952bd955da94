package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class RevocationTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Test
    void aTokenInTheParameter_opensNothingAnyMore() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        RestClient revoked = acme.rest();
        RestClient other = acme.rest();
        ok(revoked.get("/v1/oauth-token"), 200);

        ok(other.post("/v1/oauth/revoke?access_token=" + revoked.token(), null), 204);

        error(revoked.get("/v1/oauth-token"), 401, "unauthorized");
        ok(other.get("/v1/oauth-token"), 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2/oauth2/revoke", "/v2/oauth/revoke"})
    void aTokenInTheBody_opensNothingAnyMore(String path) {
        TestOrganization acme = TestOrganization.create(context, "{}");
        RestClient rest = acme.rest();
        ok(rest.get("/v1/oauth-token"), 200);

        Answer answer = rest.post(path, body(rest.token()));

        ok(answer, 204);
        assertThat(answer.rules()).containsExactly("revocation-by-any-app");
        error(rest.get("/v1/oauth-token"), 401, "unauthorized");
        error(rest.post(path, body(rest.token())), 401, "unauthorized");
    }

    @Test
    void revoking_needsNoOtherToken() throws IOException {
        TestOrganization acme = TestOrganization.create(context, "{}");
        RestClient rest = acme.rest();
        ok(rest.get("/v1/oauth-token"), 200);

        RawHttp.Answer answer = RawHttp.exchange(port, """
                POST /v1/oauth/revoke?access_token=%s HTTP/1.1
                Host: localhost
                Content-Length: 0
                Connection: close

                """.formatted(rest.token()));

        assertThat(answer.status()).isEqualTo(204);
        error(rest.get("/v1/oauth-token"), 401, "unauthorized");
    }

    @Test
    void whatIsNoValidRestToken_cannotBeRevoked() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        RestClient rest = acme.rest();

        for (Answer answer : new Answer[] {
            rest.post("/v1/oauth/revoke?access_token=unknown", null),
            rest.post("/v2/oauth2/revoke", body("unknown")),
            rest.post("/v2/oauth2/revoke", body(acme.token())) // which is SCIM's
        }) {
            error(answer, 400, "invalidParameters");
            assertThat(answer.rules()).containsExactly("revoked-token-valid");
        }
        assertThat(acme.scim().get("/Users").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"accessToken\": \"TOKEN\", \"clientId\": \"1\"}",
                "{\"accessToken\": \"TOKEN\", \"clientSecret\": \"2\"}",
                "{\"clientId\": \"1\", \"clientSecret\": \"2\"}",
                "{\"accessToken\": 1, \"clientId\": \"1\", \"clientSecret\": \"2\"}"
            })
    void anIncompleteRevocation_revokesNothing(String body) {
        TestOrganization acme = TestOrganization.create(context, "{}");
        RestClient rest = acme.rest();

        error(rest.post("/v2/oauth2/revoke", body.replace("TOKEN", rest.token())), 400, "invalidParameters");

        ok(rest.get("/v1/oauth-token"), 200);
        assertThat(rest.post("/v1/oauth/revoke", null).status()).isEqualTo(400);
    }

    private static String body(String token) {
        return "{\"accessToken\": \"%s\", \"clientId\": \"1\", \"clientSecret\": \"2\"}".formatted(token);
    }
}

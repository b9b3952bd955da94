package dev.miroscim.scim.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is let in below SCIM's base path, and in which words everybody else is refused. */
@MiroScimTest
class ScimAccessTest {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    @Autowired
    AccessTokens tokens;

    @Autowired
    JdbcClient database;

    /** Okta's header authentication sends what an administrator typed, with or without {@code Bearer}. */
    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer %s", "BEARER %s", "Bearer    %s  ", "Bearer\t%s", "%s", "   %s"})
    void token_inEverySpelling(String header) throws IOException {
        String token = newOrganization().token();

        RawHttp.Answer answer = get("/ServiceProviderConfig", header.formatted(token));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers()).doesNotContainKeys("x-miro-rule", "set-cookie", "x-frame-options", "pragma");
    }

    /** TOKEN_OPENS_ORGANIZATION. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /ServiceProviderConfig",
                "GET /Users",
                "POST /Users",
                "DELETE /Groups/1",
                "GET /Nothing",
                "GET ",
                "GET /",
                "OPTIONS /Users",
                "PROPFIND /Users",
                "GET //Users",
                "GET /Users/?access_token=secret"
            })
    void noToken_unauthorized(String request) throws IOException {
        RawHttp.Answer answer = RawHttp.exchange(port, """
                %s HTTP/1.1
                Host: localhost
                Accept: text/html
                Content-Length: 0

                """.formatted(request.replace(" ", " /api/v1/scim")));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"SCIM\"");
        assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
        assertThat(answer.header("X-Miro-Rule")).isEqualTo("token-opens-organization");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.body())
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"401\","
                        + "\"detail\":\"The Authorization header has no SCIM token\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong-token", "non-token", "Bearer", "Bearer \u00e9\u00e8"})
    void unknownToken_unauthorized(String authorization) throws IOException {
        RawHttp.Answer answer = get("/Users", authorization);

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"SCIM\", error=\"invalid_token\"");
        assertThat(answer.header("X-Miro-Rule")).isEqualTo("token-opens-organization");
        assertThat(answer.body())
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"401\","
                        + "\"detail\":\"The token in the Authorization header is not a valid SCIM token\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic %s", "Bearer %s and more", "Bearer, %s", "Bearer \"%s\""})
    void token_inAnotherScheme_unauthorized(String header) throws IOException {
        assertThat(get("/Users", header.formatted(newOrganization().token())).status())
                .isEqualTo(401);
    }

    @Test
    void token_inParameter_unauthorized() throws IOException {
        String token = newOrganization().token();

        RawHttp.Answer answer = RawHttp.exchange(port, """
                GET /api/v1/scim/ServiceProviderConfig?access_token=%s HTTP/1.1
                Host: localhost

                """.formatted(token));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.body()).doesNotContain(token);
    }

    @Test
    void restToken_unauthorized() throws IOException {
        String token = tokens.generate(newOrganization().id(), TokenKind.REST);

        assertThat(get("/ServiceProviderConfig", "Bearer " + token).status()).isEqualTo(401);
    }

    @Test
    void generate_endsTheOldToken() throws IOException {
        TestOrganization organization = newOrganization();
        assertThat(get("/ServiceProviderConfig", organization.token()).status()).isEqualTo(200);

        String token = tokens.generate(organization.id(), TokenKind.SCIM);

        assertThat(token).matches("[A-Za-z0-9]{64}");
        assertThat(get("/ServiceProviderConfig", organization.token()).status()).isEqualTo(401);
        assertThat(get("/ServiceProviderConfig", token).status()).isEqualTo(200);
    }

    @Test
    void generate_leavesTokensOfTheOtherKind() throws IOException {
        TestOrganization organization = newOrganization();

        tokens.generate(organization.id(), TokenKind.REST);
        tokens.revoke(organization.id(), TokenKind.REST);

        assertThat(get("/ServiceProviderConfig", organization.token()).status()).isEqualTo(200);
    }

    @Test
    void revoke_endsTheToken() throws IOException {
        TestOrganization organization = newOrganization();
        assertThat(get("/ServiceProviderConfig", organization.token()).status()).isEqualTo(200);

        tokens.revoke(organization.id(), TokenKind.SCIM);

        assertThat(get("/ServiceProviderConfig", organization.token()).status()).isEqualTo(401);
    }

    @Test
    void issue_aTokenThatWasRefusedBefore() throws IOException {
        TestOrganization organization = newOrganization();
        String token = "chosen-for-" + organization.id();
        assertThat(get("/ServiceProviderConfig", token).status()).isEqualTo(401);

        tokens.issue(organization.id(), TokenKind.SCIM, token);
        tokens.issue(organization.id(), TokenKind.SCIM, token);

        assertThat(get("/ServiceProviderConfig", token).status()).isEqualTo(200);
    }

    @Test
    void issue_aTokenOfAnotherOrganization() {
        TestOrganization organization = newOrganization();
        TestOrganization other = newOrganization();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.issue(other.id(), TokenKind.SCIM, organization.token()))
                .withMessageNotContaining(organization.token());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.issue(organization.id(), TokenKind.REST, organization.token()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "with space", "gr\u00fcn"})
    void issue_aTokenThatNobodyCanSend(String token) {
        long organization = newOrganization().id();

        assertThatIllegalArgumentException().isThrownBy(() -> tokens.issue(organization, TokenKind.SCIM, token));
    }

    @Test
    void issue_storesTheDigestAlone() throws Exception {
        TestOrganization organization = newOrganization();

        Map<String, Object> row = database.sql("select * from access_token where organization_id = ?")
                .param(organization.id())
                .query()
                .singleRow();

        assertThat(row.get("sha256"))
                .isEqualTo(MessageDigest.getInstance("SHA-256")
                        .digest(organization.token().getBytes(UTF_8)));
        assertThat(row.get("prefix")).isEqualTo(organization.token().substring(0, 6));
        assertThat(row.toString()).doesNotContain(organization.token());
    }

    @Test
    void scimSwitchedOff_forbidden() throws IOException {
        TestOrganization organization = TestOrganization.create(context, "{\"scimEnabled\":false}");

        RawHttp.Answer answer = get("/Users", "Bearer " + organization.token());

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
        assertThat(answer.header("X-Miro-Rule")).isEqualTo("scim-switched-off");
        assertThat(answer.body())
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"403\","
                        + "\"detail\":\"SCIM is switched off for this organization\"}");
    }

    @Test
    void forget_makesNewSettingsCount() throws IOException {
        TestOrganization organization = newOrganization();
        assertThat(get("/ServiceProviderConfig", organization.token()).status()).isEqualTo(200);

        organization.decide(context, "{\"scimEnabled\":false}");
        tokens.forget(organization.id());

        assertThat(get("/ServiceProviderConfig", organization.token()).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /",
        "GET, /api",
        "GET, /api/v1/scimitar",
        "POST, /api/v2/scim/Users",
        "GET, /error",
        "GET, /API/V1/SCIM/Users"
    })
    void elsewhere_closed(String method, String path) throws IOException {
        RawHttp.Answer answer = RawHttp.exchange(
                port, """
                %s %s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Length: 0

                """.formatted(method, path, newOrganization().token()));

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body())
                .isEqualTo("{\"status\":404,\"code\":\"notFound\","
                        + "\"message\":\"There is nothing at this path\",\"type\":\"error\"}");
    }

    private TestOrganization newOrganization() {
        return TestOrganization.create(context, "{}");
    }

    private RawHttp.Answer get(String path, String authorization) throws IOException {
        return RawHttp.exchange(port, """
                GET /api/v1/scim%s HTTP/1.1
                Host: localhost
                Authorization: %s

                """.formatted(path, authorization));
    }
}

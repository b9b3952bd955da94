package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.json;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.Scope;
import dev.miroscim.access.TokenKind;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class RestAccessTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    /** A call of the API as the program itself knows it. */
    private record Call(String method, String path, RestCall terms) {}

    @Test
    void everyCall_needsARestToken() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String revoked = acme.rest().token();
        context.getBean(AccessTokens.class).revoke(acme.id(), TokenKind.REST);

        for (Call call : calls()) {
            for (String token : List.of(acme.token(), revoked, "x")) {
                Answer answer = call(new RestClient(port, token), call, acme);
                error(answer, 401, "unauthorized");
                assertThat(answer.header("WWW-Authenticate"))
                        .isEqualTo("Bearer realm=\"REST\", error=\"invalid_token\"");
            }
        }
    }

    @Test
    void everyCall_isOnlyForTheTokensOrganization() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        TestOrganization other = TestOrganization.create(context, "{}");
        RestClient rest = acme.rest();

        for (Call call : calls()) {
            if (call.path().contains(RestCallInterceptor.ORGANIZATION)) {
                error(call(rest, call, other), 404, "notFound");
                error(
                        rest.send(
                                call.method(),
                                call.path().replace("{org_id}", "mine").replaceAll("\\{.*?}", "1"),
                                null),
                        404,
                        "notFound");
            }
        }
    }

    @Test
    void everyCall_needsItsScopes() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        for (Call call : calls()) {
            for (Scope scope : call.terms().scopes()) {
                String[] others = Arrays.stream(Scope.values())
                        .filter(other -> other != scope)
                        .map(Scope::wireName)
                        .toArray(String[]::new);
                Answer answer = call(acme.rest(others), call, acme);
                assertThat(error(answer, 403, "insufficientPermissions").toString())
                        .isEqualTo("{\"status\":403,\"code\":\"insufficientPermissions\","
                                + "\"message\":\"Access Denied\",\"type\":\"error\"}");
                assertThat(answer.header("X-Miro-Missing-Scope")).isEqualTo(scope.wireName());
                assertThat(answer.rules()).containsExactly("token-scopes");
            }
            String[] needed =
                    Arrays.stream(call.terms().scopes()).map(Scope::wireName).toArray(String[]::new);
            assertThat(call(acme.rest(needed), call, acme).status())
                    .as(call.path())
                    .isNotIn(401, 403);
        }
    }

    /** As ConductorOne's page about its connector spells them. */
    @ParameterizedTest
    @CsvSource({
        "organizations:team:read, GET, /teams, 200",
        "organizations:team:write, POST, /teams, 201",
        "organizations:group:read, GET, /groups, 200",
        "organizations:group:write, POST, /groups, 201",
        "organizations:team:read, POST, /teams, 403",
        "organization:read, GET, /members, 403",
        "team:read, GET, /teams, 403"
    })
    void scopes_inTheSingular(String scope, String method, String path, int status) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        Answer answer = acme.rest("identity:read", scope)
                .send(method, acme.path(path), method.equals("POST") ? "{\"name\": \"New\"}" : null);

        assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void restToken_doesNotOpenScim() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        Answer answer = new ScimClient(port, acme.rest().token()).get("/Users");

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    }

    @Test
    void scimSwitchedOff_leavesRestOpen() {
        TestOrganization acme = TestOrganization.create(context, "{\"scimEnabled\": false}");

        ok(acme.rest().get(acme.path("/teams")), 200);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /v1, 404, notFound",
        "GET, /v2, 404, notFound",
        "GET, /v2/boards/uXjVOfjkmAk=, 404, notFound",
        "GET, /v1/oauth-token/x, 404, notFound",
        "POST, /v2/nothing, 404, notFound",
        "PUT, /v1/oauth-token, 405, methodNotAllowed",
        "PROPFIND, /v1/oauth-token, 405, methodNotAllowed",
        "TRACE, /v1/oauth-token, 405, methodNotAllowed"
    })
    void whatThereIsNot(String method, String path, int status, String code) throws IOException {
        TestOrganization acme = TestOrganization.create(context, "{}");

        RawHttp.Answer answer =
                raw("%s %s HTTP/1.1".formatted(method, path), acme.rest().token());

        assertMiroError(answer, status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /v2/orgs/%zz HTTP/1.1",
                "GET /v2/orgs/%00 HTTP/1.1",
                "GET /v2/../v1/x;y=z HTTP/1.1",
                "GET /v2/orgs//../x%2fy HTTP/1.1",
                "GET /v1/oauth-token?a=%zz HTTP/1.1"
            })
    void brokenPaths(String requestLine) throws IOException {
        RawHttp.Answer answer =
                raw(requestLine, TestOrganization.create(context, "{}").rest().token());

        assertThat(answer.status()).isBetween(200, 404);
        if (answer.status() != 200) {
            assertMiroError(answer, answer.status(), answer.status() == 404 ? "notFound" : "badRequest");
        }
    }

    @Test
    void slashes_areEvenedOut() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        ok(acme.rest().get(acme.path("/teams/")), 200);
        ok(acme.rest().get("/" + acme.path("//teams")), 200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            application/json                  | {"name":        | 400 | badRequest
            application/json                  |                 | 400 | badRequest
            application/json                  | []              | 400 | badRequest
            application/json                  | {"name": "\\u0000"} | 400 | badRequest
            application/x-www-form-urlencoded | name=Design     | 415 | unsupportedMediaType
            application/scim+json             | {"name": 1      | 400 | badRequest
            text/plain                        | {"name": "A"}   | 415 | unsupportedMediaType
            application/*                     | {"name": "A"}   | 415 | unsupportedMediaType
            application/json-patch+json       | {"name": "A"}   | 415 | unsupportedMediaType
            application/vnd.api+json          | {"name": "A"}   | 415 | unsupportedMediaType
            application/problem+json          | {"name": "A"}   | 415 | unsupportedMediaType
            application/yaml                  | {"name": "A"}   | 415 | unsupportedMediaType
            */*                               | {"name": "A"}   | 415 | unsupportedMediaType
            """)
    void bodiesThatCannotBeRead(String contentType, String body, int status, String code) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        error(
                acme.rest().send("POST", acme.path("/teams"), body == null ? "" : body, "Content-Type", contentType),
                status,
                code);

        assertThat(ok(acme.rest().get(acme.path("/teams")), 200).path("data")).isEmpty();
    }

    @Test
    void bodyThatIsTooLarge() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        error(
                acme.rest().post(acme.path("/teams"), "{\"name\": \"" + "x".repeat(800_000) + "\"}"),
                413,
                "contentTooLarge");
    }

    @Test
    void answerThatIsNotAccepted() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        error(acme.rest().send("GET", acme.path("/teams"), null, "Accept", "text/html"), 406, "notAcceptable");
        ok(acme.rest().send("GET", acme.path("/teams"), null, "Accept", "text/html, application/json;q=0.1"), 200);
        ok(acme.rest().send("GET", acme.path("/teams"), null, "Accept", "*/*"), 200);
    }

    @Test
    void answerThatIsNotAccepted_changesNothing() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("bob@example.com")
                .create();
        RestClient rest = acme.rest();
        String design = acme.path("/teams/" + acme.group("Design"));

        for (String[] change : new String[][] {
            {"POST", acme.path("/teams"), "{\"name\": \"Sales\"}"},
            {"PATCH", design, "{\"name\": \"Art\"}"},
            {"POST", design + "/members", "{\"email\": \"bob@example.com\"}"},
            {"POST", acme.path("/groups"), "{\"name\": \"Readers\"}"},
            {"DELETE", design, null}
        }) {
            error(rest.send(change[0], change[1], change[2], "Accept", "text/html"), 406, "notAcceptable");
        }

        assertThat(Answers.each(ok(rest.get(acme.path("/teams")), 200), "name")).containsExactly("Design");
        assertThat(ok(rest.get(design + "/members"), 200).path("data")).isEmpty();
        assertThat(ok(rest.get(acme.path("/groups")), 200).path("data")).isEmpty();
    }

    /** What a number can be spelled like besides, is no id: each thing has one address. */
    @Test
    void idsThatAreSpelledOtherwise_areNobodys() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("bob@example.com", "Design")
                .create();
        RestClient rest = acme.rest();
        String team = acme.group("Design");
        String bob = acme.user("bob@example.com");

        for (String spelling : List.of("+%s", "%%2B%s", "0%s", "%%20%s", "%s%%20", "-%s", "%s.0", "%s%%C2%%A0")) {
            error(rest.get(acme.path("/members/" + spelling.formatted(bob))), 404, "notFound");
            error(rest.delete(acme.path("/teams/" + spelling.formatted(team))), 404, "notFound");
            error(rest.delete(acme.path("/teams/" + team + "/members/" + spelling.formatted(bob))), 404, "notFound");
        }
        String hexadecimal = "0x" + Long.toHexString(Long.parseLong(team));
        error(rest.patch(acme.path("/teams/" + hexadecimal), "{\"name\": \"Art\"}"), 404, "notFound");

        assertThat(Answers.each(ok(rest.get(acme.path("/teams/" + team + "/members")), 200), "id"))
                .containsExactly(bob);
        assertThat(ok(rest.get(acme.path("/teams/" + team)), 200).path("name").stringValue())
                .isEqualTo("Design");
    }

    @Test
    void options_andHead() throws IOException {
        TestOrganization acme = TestOrganization.create(context, "{}");

        Answer options = acme.rest().send("OPTIONS", acme.path("/teams"), null);
        assertThat(options.status()).isEqualTo(200);
        assertThat(options.header("Allow")).contains("GET", "POST");
        Answers.assertRateLimits(options);
        assertThat(acme.rest().send("HEAD", acme.path("/teams"), null).status()).isEqualTo(200);
    }

    /** With a body as empty as can be: what is asked here comes before it is read. */
    private static Answer call(RestClient rest, Call call, TestOrganization organization) {
        String path = call.path()
                .replace("{org_id}", Long.toString(organization.id()))
                .replaceAll("\\{.*?}", "1");
        boolean body = call.method().equals("POST") || call.method().equals("PATCH");
        return rest.send(call.method(), path, body ? "{}" : null);
    }

    private List<Call> calls() {
        Map<RequestMappingInfo, HandlerMethod> handlers = context.getBean(
                        "requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods();
        List<Call> calls = handlers.entrySet().stream()
                .filter(handler ->
                        handler.getValue().getBeanType().getPackage().equals(RestCallInterceptor.class.getPackage()))
                .flatMap(handler -> handler.getKey().getPathPatternsCondition().getPatternValues().stream()
                        .flatMap(path -> handler.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Call(
                                        method.name(), path, handler.getValue().getMethodAnnotation(RestCall.class)))))
                .toList();
        assertThat(calls)
                .hasSizeGreaterThan(25)
                .allSatisfy(
                        call -> assertThat(call.terms()).as("terms of " + call).isNotNull());
        return calls;
    }

    private RawHttp.Answer raw(String requestLine, String token) throws IOException {
        return RawHttp.exchange(port, """
                %s
                Host: localhost
                Authorization: Bearer %s
                Connection: close

                """.formatted(requestLine, token));
    }

    private static void assertMiroError(RawHttp.Answer answer, int status, String code) {
        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("100000");
        assertThat(answer.header("X-RateLimit-Remaining")).matches("[0-9]+");
        assertThat(answer.header("X-RateLimit-Reset")).matches("[0-9]{10}");
        JsonNode error = json(answer.body());
        assertThat(error.propertyNames()).containsExactly("status", "code", "message", "type");
        assertThat(error.path("status").intValue()).isEqualTo(status);
        assertThat(error.path("code").stringValue()).isEqualTo(code);
    }
}

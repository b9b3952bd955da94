package dev.miroscim.scim.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import java.io.IOException;
import java.net.URLEncoder;
import java.sql.Connection;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * That whatever goes wrong below the base path is answered by a SCIM error, and by nothing that clients cannot read.
 */
@EdgeTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log and takes all connections")
class ErrorsTest {

    private static final String JSON = "Content-Type: application/scim+json\n";

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    @Autowired
    DataSource dataSource;

    TestOrganization organization;

    @BeforeEach
    void newOrganization() {
        organization = TestOrganization.create(context, "{}");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /Nothing",
        "POST, /Bulk",
        "PATCH, /Echo/1/2",
        "DELETE, /Me",
        "GET, ''",
        "GET, /",
        "GET, /Echo/none",
        "GET, /Echo/99999999999999999999"
    })
    void unknownPath(String method, String path) throws IOException {
        RawHttp.Answer answer = send(method, path, "Content-Length: 0\n", "");

        assertError(answer, 404, null);
        assertThat(answer.body())
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:Error\"],\"status\":\"404\","
                        + "\"detail\":\"There is nothing at this path\"}");
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /Echo, 'DELETE, GET, PATCH, POST'",
        "PROPFIND, /Echo, 'DELETE, GET, PATCH, POST'",
        "DELETE, /Schemas, GET",
        "POST, /ServiceProviderConfig, GET"
    })
    void unsupportedMethod(String method, String path, String allow) throws IOException {
        RawHttp.Answer answer = send(method, path, JSON + "Content-Length: 2\n", "{}");

        assertMethodNotAllowed(answer);
        assertThat(answer.header("Allow")).isEqualTo(allow);
    }

    /** Which methods groups have depends on what they are; the rest is the same of both. */
    @ParameterizedTest
    @CsvSource({
        "TEAMS, PUT, /Groups, 'GET, HEAD, OPTIONS', ",
        "TEAMS, POST, /Groups, 'GET, HEAD, OPTIONS', groups-not-created-or-deleted",
        "TEAMS, DELETE, /Groups, 'GET, HEAD, OPTIONS', ",
        "TEAMS, PUT, /Groups/1, 'GET, HEAD, PATCH, OPTIONS', groups-not-replaced",
        "TEAMS, PUT, /Groups/one, 'GET, HEAD, PATCH, OPTIONS', groups-not-replaced",
        "TEAMS, POST, /Groups/1, 'GET, HEAD, PATCH, OPTIONS', ",
        "TEAMS, DELETE, /Groups/1, 'GET, HEAD, PATCH, OPTIONS', groups-not-created-or-deleted",
        "USER_GROUPS, PUT, /Groups, 'GET, HEAD, POST, OPTIONS', ",
        "USER_GROUPS, DELETE, /Groups/, 'GET, HEAD, POST, OPTIONS', ",
        "USER_GROUPS, PUT, /Groups/1, 'DELETE, GET, HEAD, PATCH, OPTIONS', groups-not-replaced",
        "USER_GROUPS, POST, /Groups/1, 'DELETE, GET, HEAD, PATCH, OPTIONS', ",
        "TEAMS, DELETE, /Users, 'GET, POST', ",
        "TEAMS, PUT, /Users, 'GET, POST', ",
        "TEAMS, POST, /Users/1, 'DELETE, GET, PATCH, PUT', "
    })
    void unsupportedMethod_ofUsersAndGroups(String model, String method, String path, String allow, String rule)
            throws IOException {
        organization = TestOrganization.create(context, "{\"groupModel\": \"%s\"}".formatted(model));

        RawHttp.Answer answer = send(method, path, JSON + "Content-Length: 2\n", "{}");

        assertMethodNotAllowed(answer);
        assertThat(answer.header("Allow")).isEqualTo(allow);
        assertThat(answer.header("X-Miro-Rule")).isEqualTo(rule);
    }

    @Test
    void trace() throws IOException {
        RawHttp.Answer answer = send("TRACE", "/Echo", "", "");

        assertMethodNotAllowed(answer);
        assertThat(answer.body()).doesNotContain(organization.token());
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, text/*", "nonsense", "application/json;q=0"})
    void notAcceptable(String accept) throws IOException {
        assertError(get("/Echo", "Accept: " + accept + "\n"), 406, null);
        assertError(get("/Schemas", "Accept: " + accept + "\n"), 406, null);
    }

    /** An error is always SCIM's, for those who accept only something else too. */
    @ParameterizedTest
    @ValueSource(strings = {"application/json", "text/html", "*/*"})
    void error_whateverIsAccepted(String accept) throws IOException {
        assertError(get("/Nothing", "Accept: " + accept + "\n"), 404, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Type: text/plain\n",
                "Content-Type: application/*\n",
                "Content-Type: application/x-www-form-urlencoded\n",
                "Content-Type: application/xml; charset=utf-8\n",
                "Content-Type: application/json; charset=klingon\n",
                "Content-Type: nonsense\n",
                "Content-Type: multipart/form-data; boundary=x\n",
                "Content-Type: application/json-patch+json\n",
                "Content-Type: application/vnd.api+json; charset=utf-8\n",
                "Content-Type: application/yaml\n",
                ""
            })
    void unsupportedMediaType(String header) throws IOException {
        RawHttp.Answer answer = send("POST", "/Echo", header + "Content-Length: 2\n", "{}");
        assertError(answer, 415, null);
        assertThat(answer.header("Accept")).isEqualTo("application/scim+json, application/json");

        RawHttp.Answer patched = send("PATCH", "/Echo", header + "Content-Length: 2\n", "{}");
        assertError(patched, 415, null);
        assertThat(patched.header("Accept-Patch")).isEqualTo("application/scim+json, application/json");
    }

    /** What {@code curl -d} says of JSON, before anybody tries to read it as a form. */
    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "PATCH"})
    void unsupportedMediaType_form(String method) throws IOException {
        String form = "Content-Type: application/x-www-form-urlencoded\nContent-Length: 3\n";

        RawHttp.Answer answer = send(method, "/Users/1", form, "%zz");

        if (method.equals("POST")) {
            assertMethodNotAllowed(answer);
        } else {
            assertError(answer, 415, null);
        }
    }

    @Test
    void unsupportedEncoding() throws IOException {
        RawHttp.Answer answer = send("POST", "/Echo", JSON + "Content-Encoding: gzip\nContent-Length: 2\n", "{}");

        assertError(answer, 415, null);
        assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"a":                   | The body is not valid JSON: line 1, column 6
            {"a" "b"}               | The body is not valid JSON: line 1, column 6
            {"a":b}                 | The body is not valid JSON: line 1, column 6
            {'a':1}                 | The body is not valid JSON: line 1, column 2
            {"a":1,}                | The body is not valid JSON: line 1, column 8
            {"a":1} {"b":2}         | The body is not valid JSON: line 1, column 9
            {"a":1}}                | The body is not valid JSON: line 1, column 8
            {"a":1,"a":2}           | The body is not valid JSON: line 1, column 12
            {"a":NaN}               | The body is not valid JSON: line 1, column 9
            {"a":"\\u12"}           | The body is not valid JSON: line 1, column 11
            <a/>                    | The body is not valid JSON: line 1, column 1
            []                      | The body is not a JSON object
            "a"                     | The body is not a JSON object
            null                    | The body is not a JSON object
            1                       | The body is not a JSON object
            ` `                     | The body is not a JSON object
            """)
    void brokenJson(String body, String detail) throws IOException {
        RawHttp.Answer answer = send("POST", "/Echo", JSON + "Content-Length: " + body.length() + "\n", body);

        assertError(answer, 400, "invalidSyntax");
        assertThat(detail(answer)).isEqualTo(detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":\"\u00ff\"}",
                "{\"\u00c3\":1}",
                "{\"a\":\"\u00c0\u0080\"}",
                "{\"a\":\"\u00ed\u00a0\u0080\"}"
            })
    void brokenUtf8(String body) throws IOException {
        assertError(
                send("POST", "/Echo", JSON + "Content-Length: " + body.length() + "\n", body), 400, "invalidSyntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"\\u0000\"}", "{\"a\":[{\"b\":\"\\ud800\"}]}", "{\"\\udc00\":1}"})
    void brokenText(String body) throws IOException {
        assertError(
                send("POST", "/Echo", JSON + "Content-Length: " + body.length() + "\n", body), 400, "invalidSyntax");
    }

    @Test
    void noBody() throws IOException {
        RawHttp.Answer answer = send("POST", "/Echo", JSON + "Content-Length: 0\n", "");

        assertError(answer, 400, "invalidSyntax");
        assertThat(detail(answer)).isEqualTo("The request has no readable JSON body");
    }

    @Test
    void deeplyNested() throws IOException {
        String body = "{\"a\":".repeat(5_000) + "1" + "}".repeat(5_000);

        assertError(
                send("POST", "/Echo", JSON + "Content-Length: " + body.length() + "\n", body), 400, "invalidSyntax");
    }

    @Test
    void longNumber() throws IOException {
        String body = "{\"a\":" + "9".repeat(5_000) + "}";

        assertError(
                send("POST", "/Echo", JSON + "Content-Length: " + body.length() + "\n", body), 400, "invalidSyntax");
    }

    @Test
    void parameterOfAnotherType() throws IOException {
        RawHttp.Answer answer = get("/Echo?count=many", "");

        assertError(answer, 400, "invalidValue");
        assertThat(detail(answer)).isEqualTo("'many' is not a value that count can have");
    }

    @Test
    void parameterMissing() throws IOException {
        RawHttp.Answer answer = get("/Echo/sql", "");

        assertError(answer, 400, "invalidValue");
        assertThat(detail(answer)).isEqualTo("The parameter statement is missing");
    }

    @Test
    void detail_holdsNoTokenAndNothingEndless() throws IOException {
        RawHttp.Answer answer = get("/Echo?count=" + organization.token(), "");
        assertError(answer, 400, "invalidValue");
        assertThat(answer.body()).doesNotContain(organization.token()).contains("'[token]'");

        assertThat(detail(get("/Echo?count=" + "x".repeat(10_000), ""))).hasSizeLessThan(1_100);
    }

    /** PAYLOAD_LIMIT. */
    @Test
    void payload_atTheLimit() throws IOException {
        String body = "{\"a\":\"" + "x".repeat(800_000 - 8) + "\"}";

        assertThat(send("POST", "/Echo", JSON + "Content-Length: 800000\n", body)
                        .status())
                .isEqualTo(201);
    }

    @Test
    void payload_tooLarge() throws IOException {
        String body = "{\"a\":\"" + "x".repeat(800_001 - 8) + "\"}";

        RawHttp.Answer answer = send("POST", "/Echo", JSON + "Content-Length: 800001\n", body);

        assertError(answer, 413, null);
        assertThat(answer.header("X-Miro-Rule")).isEqualTo("payload-limit");
        assertThat(detail(answer)).isEqualTo("A request can have at most 800000 bytes");
    }

    @Test
    void payload_tooLargeInChunks() throws IOException {
        String chunk = "186a0\n" + "x".repeat(100_000) + "\n";

        RawHttp.Answer answer = send("POST", "/Echo", JSON + "Transfer-Encoding: chunked\n", chunk.repeat(9) + "0\n\n");

        assertError(answer, 413, null);
        assertThat(answer.header("X-Miro-Rule")).isEqualTo("payload-limit");
    }

    /** The answer comes while the client would still go on sending. */
    @Test
    void payload_withoutEnd() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(head("POST", "/Echo", JSON + "Transfer-Encoding: chunked\n"));
            connection.send("c3501\n" + "x".repeat(800_001) + "\n");
            assertError(connection.receive(), 413, null);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID_VALUE, 400, invalidValue, ",
        "NOT_FOUND, 404, , ",
        "CONFLICT, 409, , ",
        "NO_TARGET, 400, noTarget, "
    })
    void refusedByARule(String kind, int status, String scimType) throws IOException {
        RawHttp.Answer answer = get("/Echo/refused/" + kind + "/Groups", "");

        assertError(answer, status, scimType);
        assertThat(detail(answer)).isEqualTo("displayName is 'x'");
        // What the request would have had ignored explains no refusal.
        assertThat(answer.headers().get("x-miro-rule")).containsExactly("value-length");
    }

    @Test
    void refusedByARule_asNotSupported() throws IOException {
        RawHttp.Answer answer = get("/Echo/refused/NOT_SUPPORTED/Groups", "");

        assertMethodNotAllowed(answer);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
        // What the request would have had ignored explains no refusal.
        assertThat(answer.headers().get("x-miro-rule")).containsExactly("value-length");
    }

    @ParameterizedTest
    @CsvSource({"FILTER, invalidFilter, filter", "PATH, invalidPath, path", "ATTRIBUTES, invalidValue, attribute name"})
    void unreadable(String kind, String scimType, String noun) throws IOException {
        RawHttp.Answer answer = get("/Echo/unreadable/" + kind, "");

        assertError(answer, 400, scimType);
        assertThat(detail(answer)).isEqualTo("Invalid " + noun + ": 'x' is no operator");
    }

    @Test
    void faultOfTheProgram(CapturedOutput log) throws IOException {
        RawHttp.Answer answer = get("/Echo/fault", "");

        assertError(answer, 500, null);
        assertThat(answer.body()).doesNotContain("internals", "Exception");
        assertThat(detail(answer))
                .matches("Internal server error. The server log has the details of error [0-9a-f]{8}");
        assertThat(log)
                .contains(detail(answer).replaceAll(".* error ", "Error "))
                .contains("internals of the program");
        assertThat(log).doesNotContain(organization.token());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            select pg_terminate_backend(pg_backend_pid())                                          | 503 |              | 5
            set local statement_timeout = 20; select pg_sleep(10)                                  | 503 |              | 5
            do $$ begin raise exception using errcode = '40P01'; end $$                           | 503 |              | 1
            do $$ begin raise exception using errcode = '40001'; end $$                           | 503 |              | 1
            do $$ begin raise exception using errcode = '55P03'; end $$                           | 503 |              | 1
            do $$ begin raise exception using errcode = '53300'; end $$                           | 503 |              | 5
            do $$ begin raise exception using errcode = '53100'; end $$                           | 503 |              | 5
            do $$ begin raise exception using errcode = '23505'; end $$                           | 409 |              |
            do $$ begin raise exception using errcode = '23503'; end $$                           | 409 |              |
            select cast('x' as integer)                                                            | 400 | invalidValue |
            select repeat('x', 2000000000)                                                         | 400 | invalidValue |
            select * from nothing                                                                  | 500 |              |
            """)
    void faultOfTheDatabase(String statement, int status, String scimType, String retryAfter) throws IOException {
        RawHttp.Answer answer = get("/Echo/sql?statement=" + URLEncoder.encode(statement, UTF_8), "");

        assertError(answer, status, scimType);
        assertThat(answer.header("Retry-After")).isEqualTo(retryAfter);
        assertThat(answer.body()).doesNotContain("select", "errcode", "ERROR", "SQL");
    }

    @Test
    void databaseAway_whileTheTokenIsLookedUp() throws Exception {
        try (Connection _ = dataSource.getConnection();
                Connection _ = dataSource.getConnection()) {
            RawHttp.Answer answer = get("/Schemas", "");

            assertError(answer, 503, null);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.header("X-Miro-Rule")).isNull();
        }
        assertThat(get("/Schemas", "").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Users%2F1",
                "/Users/1%2f..",
                "/Users;a=b",
                "/Users/;/",
                "/../../etc/passwd",
                "/Users/../Groups",
                "/../scim/Users",
                "/../v2/x",
                "/Users/%2e%2e/Groups",
                "/Users/./1",
                "/Users/%00",
                "/Users/%0a",
                "/Users/%5c",
                "/Users/\\",
                "/Users/%",
                "/Users/%zz",
                "/Users/%25",
                "/Users/%ff",
                "/Users/%ed%a0%80",
                "/Users/\"",
                "/Users/[1]",
                "/Users/{id}",
                "/Users/\u00ff",
                "/%2e%2e/x"
            })
    void strangePath(String path) throws IOException {
        RawHttp.Answer answer = get(path, "");

        assertThat(answer.status()).isIn(400, 404);
        assertError(answer, answer.status(), null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Echo?filter=%",
                "/Echo?filter=%zz",
                "/Echo?%zz=1",
                "/Echo?%00=1",
                "/Echo?filter=%ff",
                "/Echo?count=%ed%a0%80"
            })
    void strangeQuery(String path) throws IOException {
        RawHttp.Answer answer = get(path, "");

        assertThat(answer.status()).isIn(200, 400);
        if (answer.status() == 400) {
            assertError(answer, 400, null);
        }
    }

    /** What Tomcat itself refuses, before there is a request that a filter could see. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/scim/Echo\u0000 HTTP/1.1\nHost: localhost\n\n",
                "GET /api/v1/scim/Echo?filter=a\u007f HTTP/1.1\nHost: localhost\n\n",
                "GET /api/v1/scim/Echo HTTP/1.1\n\n",
                "GET /api/v1/scim/Echo HTTP/1.1\nHost: a\nHost: b\n\n",
                "GET /api/v1/scim/Echo HTTP/1.1\nHost: local host\n\n",
                "GET /api/v1/scim/Echo HTTP/1.1\nHost: localhost\nno colon\n\n",
                "GET /api/v1/scim/Echo HTTP/7.1\nHost: localhost\n\n",
                "GE(T /api/v1/scim/Echo HTTP/1.1\nHost: localhost\n\n",
                "POST /api/v1/scim/Echo HTTP/1.1\nHost: localhost\nContent-Length: x\n\n",
                "POST /api/v1/scim/Echo HTTP/1.1\nHost: localhost\nTransfer-Encoding: nonsense\n\n",
                "nonsense\n\n"
            })
    void brokenHttp(String request) throws IOException {
        RawHttp.Answer answer = RawHttp.exchange(port, request);

        assertThat(answer.status()).isBetween(400, 599);
        assertError(answer, answer.status(), null);
    }

    @Test
    void brokenHttp_longHeaders() throws IOException {
        RawHttp.Answer answer = get("/Echo", "X-Long: " + "x".repeat(40_000) + "\n");

        assertError(answer, answer.status(), null);
        assertThat(answer.status()).isIn(400, 431);
    }

    @Test
    void brokenHttp_longQuery() throws IOException {
        RawHttp.Answer answer = get("/Echo?filter=" + "x".repeat(40_000), "");

        assertError(answer, answer.status(), null);
        assertThat(answer.status()).isIn(400, 414);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zz\n{}\n0\n\n", "-1\n{}\n0\n\n", "2\n{}xx\n0\n\n"})
    void brokenChunks(String body) throws IOException {
        assertError(send("POST", "/Echo", JSON + "Transfer-Encoding: chunked\n", body), 400, null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Forwarded: proto=http;host=\"[\"\n", "X-Forwarded-Port: x\n", "X-Forwarded-Host: a b\n"})
    void brokenForwarding(String header) throws IOException {
        RawHttp.Answer answer = get("/Echo", header);

        assertThat(answer.status()).isIn(200, 400);
        if (answer.status() == 400) {
            assertError(answer, 400, null);
        }
    }

    private static void assertError(RawHttp.Answer answer, int status, String scimType) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/scim+json");
        JsonNode error = JsonMapper.shared().readTree(answer.body());
        assertThat(error.at("/schemas").toString()).isEqualTo("[\"urn:ietf:params:scim:api:messages:2.0:Error\"]");
        assertThat(error.at("/status").stringValue()).isEqualTo(Integer.toString(status));
        assertThat(error.at("/detail").stringValue()).isNotBlank();
        if (scimType == null) {
            assertThat(error.propertyNames()).contains("schemas", "status", "detail");
        } else {
            assertThat(error.propertyNames()).containsExactly("schemas", "status", "scimType", "detail");
            assertThat(error.at("/scimType").stringValue()).isEqualTo(scimType);
        }
    }

    /** The one error that Miro does not answer as SCIM has it. */
    private static void assertMethodNotAllowed(RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(405);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.body())
                .isEqualTo("{\"error\":{\"message\":\"Endpoint is found, but this method is not allowed\","
                        + "\"reason\":\"methodNotAllowed\",\"code\":405}}");
    }

    private static String detail(RawHttp.Answer answer) {
        return JsonMapper.shared().readTree(answer.body()).at("/detail").stringValue();
    }

    private RawHttp.Answer get(String path, String headers) throws IOException {
        return send("GET", path, headers, "");
    }

    private RawHttp.Answer send(String method, String path, String headers, String body) throws IOException {
        return RawHttp.exchange(port, head(method, path, headers) + body);
    }

    private String head(String method, String path, String headers) {
        return "%s /api/v1/scim%s HTTP/1.1\nHost: localhost\nAuthorization: Bearer %s\n%s\n"
                .formatted(method, path, organization.token(), headers);
    }
}

package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That a path which does not exist is answered in JSON, in the words of those who may have asked for it. */
@MiroScimTest
class PathsTest {

    private static final String NOTHING =
            "{\"status\":404,\"code\":\"notFound\",\"message\":\"There is nothing at this path\",\"type\":\"error\"}";

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/vNext/orgs",
                "/v3",
                "/v3/boards",
                "/v3/api-docs/x",
                "/v20/orgs",
                "/api/v1/users",
                "/api/v1/scimmy/Users",
                "/api/v2/scim/Users",
                "/api",
                "/scim/Users",
                "/foo",
                "/foo/",
                "/foo//bar?x=%zz",
                "/error",
                "/emulators",
                "/health/liveness",
                "/swagger-ui.html",
                "/favicon.ico",
                "/index.html",
                "/",
                "//"
            })
    void whatThereIsNot(String path) throws IOException {
        for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "PROPFIND", "TRACE", "FOO")) {
            for (String accept : List.of("*/*", "text/html", "application/scim+json")) {
                RawHttp.Answer answer = send(method, path, "Accept: " + accept + "\n");

                assertThat(answer.status()).as(method).isEqualTo(404);
                assertThat(answer.header("Content-Type")).isEqualTo("application/json");
                assertThat(answer.body()).isEqualTo(NOTHING);
                assertThat(answer.headers()).doesNotContainKeys("www-authenticate", "x-ratelimit-limit");
            }
        }
    }

    @Test
    void head() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("HEAD /vNext HTTP/1.1\nHost: localhost\n\n");
            RawHttp.Answer answer = connection.receive(false);

            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
    }

    /** What is wrong outside of all planes is told as in one of them. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            GET  | /foo;a=b         | 400 | badRequest
            GET  | /foo/%2e%2e/x    | 400 | badRequest
            GET  | /foo/%00         | 400 | badRequest
            GET  | /vNext/%zz       | 400 | badRequest
            GET  | /vNext;%zz       | 400 | badRequest
            GET  | /vNext/x;a=%/y   | 400 | badRequest
            POST | /v3/api-docs     | 405 | methodNotAllowed
            """)
    void whatIsWrong(String method, String path, int status, String code) throws IOException {
        RawHttp.Answer answer = send(method, path, "Accept: text/html\n");

        assertRest(answer, status, code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /vNext HTTP/1.1\n\n",
                "GET /vNext HTTP/1.1\nHost: local host\n\n",
                "GET /vNext HTTP/7.1\nHost: localhost\n\n",
                "POST /foo HTTP/1.1\nHost: localhost\nContent-Length: x\n\n",
                "POST /foo HTTP/1.1\nHost: localhost\nTransfer-Encoding: chunked\n\nzz\n"
            })
    void brokenHttp(String request) throws IOException {
        RawHttp.Answer answer = RawHttp.exchange(port, request);

        JsonNode error = JsonMapper.shared().readTree(answer.body());
        assertThat(error.path("status").asInt()).isEqualTo(answer.status()).isGreaterThanOrEqualTo(400);
    }

    private void assertRest(RawHttp.Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        JsonNode error = JsonMapper.shared().readTree(answer.body());
        assertThat(error.propertyNames()).containsExactly("status", "code", "message", "type");
        assertThat(error.path("code").asString()).isEqualTo(code);
    }

    private RawHttp.Answer send(String method, String path, String headers) throws IOException {
        return RawHttp.exchange(
                port, "%s %s HTTP/1.1\nHost: localhost\nContent-Length: 0\n%s\n".formatted(method, path, headers));
    }
}

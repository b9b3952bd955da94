package dev.miroscim.scim.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/** What clients send that is not quite HTTP, or not quite SCIM, and must work all the same. */
@EdgeTest
class HttpToleranceTest {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    TestOrganization organization;

    @BeforeEach
    void newOrganization() {
        organization = TestOrganization.create(context, "{}");
    }

    /** Entra appends to a base URL with a trailing slash; Microsoft's collections put one before the question mark. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/scim/Echo?filter=x",
                "/api/v1/scim//Echo?filter=x",
                "/api/v1/scim/Echo/?filter=x",
                "/api/v1/scim///Echo//?filter=x",
                "//api//v1/scim/Echo?filter=x",
                "/api/v1/scim/%45cho?filter=x",
                "/api/v1/scim/Echo?filter=x&aadOptscim062020",
                "/api/v1/scim/Echo?unknown=1&filter=x&another"
            })
    void path(String path) throws IOException {
        RawHttp.Answer answer = get(path, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body())
                .isEqualTo("{\"filter\":\"x\",\"count\":null,\"organizationId\":" + organization.id() + "}");
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', textBlock = """
            userName+eq+"a@b.c",                 userName eq "a@b.c"
            userName%20eq%20%22a%40b.c%22,       userName eq "a@b.c"
            userName+eq+%22a%2bb%40c%22,         userName eq "a+b@c"
            userName+eq+%22a%2Bb%40c%22,         userName eq "a+b@c"
            emails[type+eq+"work"],              emails[type eq "work"]
            emails%5btype+eq+%22work%22%5d,      emails[type eq "work"]
            emails%5Btype%20eq%20%22work%22%5D,  emails[type eq "work"]
            a+eq+"{}|\\^<>`~'",                  a eq "{}|\\^<>`~'"
            'a+eq+"(b,c);d:e/f?g@h!i$j*k"',      'a eq "(b,c);d:e/f?g@h!i$j*k"'
            a=b==c,                              a=b==c
            displayName+eq+"M%c3%bcller",        displayName eq "Müller"
            """)
    void query(String sent, String read) throws IOException {
        RawHttp.Answer answer = get("/api/v1/scim/Echo?filter=" + sent, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(filter(answer)).isEqualTo(read);
    }

    @Test
    void query_rawUtf8() throws IOException {
        RawHttp.Answer answer =
                get("/api/v1/scim/Echo?filter=" + new String("\"Müller\"".getBytes(UTF_8), ISO_8859_1), "");

        assertThat(answer.status()).isIn(200, 400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                                                  | application/scim+json
            */*                                                                 | application/scim+json
            application/*                                                       | application/scim+json
            application/scim+json                                               | application/scim+json
            application/scim+json; charset=utf-8                                | application/scim+json
            APPLICATION/SCIM+JSON                                               | application/scim+json
            application/json, application/scim+json                             | application/scim+json
            application/scim+json;q=0.1, application/json                       | application/scim+json
            application/json                                                    | application/json
            application/json; charset=utf-8                                     | application/json
            application/json, text/plain, */*                                   | application/json
            application/scim+json;q=0, application/json                         | application/json
            text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8     | application/scim+json
            """)
    void accept(String accept, String contentType) throws IOException {
        for (String path : new String[] {"/api/v1/scim/Echo", "/api/v1/scim/ServiceProviderConfig"}) {
            RawHttp.Answer answer = get(path, accept.isEmpty() ? "" : "Accept: " + accept + "\n");

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo(contentType);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/scim+json",
                "application/scim+json; charset=utf-8",
                "application/json;charset=UTF-8",
                "application/json; charset=\"utf-8\"",
                "Application/JSON; odata=verbose"
            })
    void contentType(String contentType) throws IOException {
        RawHttp.Answer answer = send("POST", "Content-Type: " + contentType + "\nContent-Length: 9\n", "{\"a\":\"b\"}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.body()).isEqualTo("{\"a\":\"b\"}");
    }

    @Test
    void contentType_ofAnotherCharset() throws IOException {
        RawHttp.Answer answer = send(
                "POST", "Content-Type: application/json; charset=iso-8859-1\nContent-Length: 9\n", "{\"a\":\"ü\"}");

        assertThat(answer.body()).isEqualTo("{\"a\":\"ü\"}");
    }

    /** Okta's test suite sends one with every GET. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/scim+json; charset=utf-8",
                "text/plain",
                "nonsense",
                "application/x-www-form-urlencoded"
            })
    void contentType_withoutBody(String contentType) throws IOException {
        assertThat(get("/api/v1/scim/Echo", "Content-Type: " + contentType + "\n")
                        .status())
                .isEqualTo(200);

        RawHttp.Answer deleted = send("DELETE", "Content-Type: " + contentType + "\n", "");
        assertThat(deleted.status()).isEqualTo(204);
        assertThat(deleted.headers()).doesNotContainKeys("content-type", "content-length");
    }

    @Test
    void delete_withBody() throws IOException {
        assertThat(send("DELETE", "Content-Type: text/plain\nContent-Length: 4\n", "body")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void chunkedBody() throws IOException {
        RawHttp.Answer answer = send(
                "PATCH",
                "Content-Type: application/scim+json\nTransfer-Encoding: chunked\n",
                "4\n{\"a\"\n5;ext=1\n:\"b\"}\n0\n\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("{\"a\":\"b\"}");
    }

    @Test
    void keepAlive() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            for (int i = 0; i < 5; i++) {
                connection.send(head("GET", "/api/v1/scim/Echo?count=" + i, ""));
                assertThat(connection.receive().status()).isEqualTo(200);
                connection.send(head("GET", "/api/v1/scim/Nothing", ""));
                assertThat(connection.receive().status()).isEqualTo(404);
            }
        }
    }

    @Test
    void expectContinue() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(head("POST", "/api/v1/scim/Echo", """
                    Content-Type: application/json
                    Content-Length: 2
                    Expect: 100-continue
                    """));
            assertThat(connection.receive().status()).isEqualTo(100);
            connection.send("{}");
            assertThat(connection.receive().status()).isEqualTo(201);
        }
    }

    /** Nobody has to send a body that is refused anyway. */
    @Test
    void expectContinue_refused() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(head("POST", "/api/v1/scim/Echo", """
                    Content-Type: application/json
                    Content-Length: 900000
                    Expect: 100-continue
                    """));
            assertThat(connection.receive().status()).isEqualTo(413);
        }
    }

    @Test
    void gzip() throws IOException {
        RawHttp.Answer answer = get("/api/v1/scim/Echo/long", "Accept-Encoding: gzip, deflate, br\n");

        assertThat(answer.header("Content-Encoding")).isEqualTo("gzip");
        assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
        assertThat(answer.bytes()).hasSizeLessThan(1_000);
        try (GZIPInputStream body = new GZIPInputStream(new ByteArrayInputStream(answer.bytes()))) {
            assertThat(new String(body.readAllBytes(), UTF_8)).hasSizeGreaterThan(10_000);
        }
    }

    @Test
    void head() throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(head("HEAD", "/api/v1/scim/Echo", ""));
            RawHttp.Answer answer = connection.receive(false);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");

            connection.send(head("HEAD", "/api/v1/scim/Nothing", ""));
            assertThat(connection.receive(false).status()).isEqualTo(404);
        }
    }

    @Test
    void options() throws IOException {
        RawHttp.Answer answer = RawHttp.exchange(port, head("OPTIONS", "/api/v1/scim/Echo", ""));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Allow").split(", ?"))
                .containsExactlyInAnyOrder("GET", "HEAD", "POST", "PATCH", "DELETE", "OPTIONS");
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void headersBeyondAscii() throws IOException {
        assertThat(get("/api/v1/scim/Echo", "User-Agent: M\u00c3\u0081ller\nADSCIMVersion: 5.0\n")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void longQuery() throws IOException {
        String filter = "x".repeat(20_000);

        assertThat(filter(get("/api/v1/scim/Echo?filter=" + filter, ""))).isEqualTo(filter);
    }

    private static String filter(RawHttp.Answer answer) {
        return JsonMapper.shared().readTree(answer.body()).at("/filter").stringValue();
    }

    private RawHttp.Answer get(String path, String headers) throws IOException {
        return RawHttp.exchange(port, head("GET", path, headers));
    }

    private RawHttp.Answer send(String method, String headers, String body) throws IOException {
        return RawHttp.exchange(port, head(method, "/api/v1/scim/Echo", headers) + body);
    }

    private String head(String method, String path, String headers) {
        return "%s %s HTTP/1.1\nHost: localhost\nAuthorization: Bearer %s\n%s\n"
                .formatted(method, path, organization.token(), headers);
    }
}

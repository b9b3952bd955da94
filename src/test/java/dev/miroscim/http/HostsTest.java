package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The names by which clients reach this server, and where they find its resources by them. */
@MiroScimTest
@TestPropertySource(
        properties = "miro.allowed-hosts=miro_scim, miro-scim, _miro_, registry__miro_scim, my_project-miro.scim_1,"
                + "outside, out_side, *.example.com")
class HostsTest {

    private static final String USERS = "/api/v1/scim/Users";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    private TestOrganization acme;
    private String ada;

    @BeforeEach
    void makeOrganization() {
        acme = TestOrganization.in(context).member("ada@example.com").create();
        ada = acme.user("ada@example.com");
    }

    /** Compose names hosts after services, and GitLab after images. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "miro_scim:8080",
                "miro_scim",
                "_miro_:1",
                "registry__miro_scim",
                "my_project-miro.scim_1:18080",
                "MIRO_SCIM:8080",
                "localhost:8080",
                "LocalHost",
                "127.0.0.1",
                "127.1.2.3:1",
                "[::1]:8080",
                "miro-scim.example.com:443",
                "a.b.Example.com"
            })
    void resourcesAreAtTheHostOfTheRequest(String host) throws IOException {
        JsonNode user = get(USERS + "/" + ada, "Host: " + host + "\n");

        String location = user.at("/meta/location").asString();
        assertThat(location).isEqualTo("http://" + host + USERS + "/" + ada);
        JsonNode found = get(
                USERS + "?filter=" + URLEncoder.encode("meta.location eq \"" + location + "\"", StandardCharsets.UTF_8),
                "Host: " + host + "\n");
        assertThat(found.path("totalResults").asInt()).isEqualTo(1);
        assertThat(found.at("/Resources/0/meta/location").asString()).isEqualTo(location);
    }

    /** Who reads the answer would be sent there. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host: attacker.example",
                "Host: example.com",
                "Host: notexample.com",
                "Host: localhost.attacker.example",
                "Host: miro_scim.attacker.example",
                "Host: 192.0.2.1:8080",
                "Host: [2001:db8::1]:8080",
                "Host: 0.0.0.0",
                "Host: attacker.example\nX-Forwarded-Host: other.attacker.example\nX-Forwarded-Proto: https",
                "Host: attacker.example\nX-Forwarded-Prefix: /x"
            })
    void resourcesAreAtTheAddressOfTheConnection_whereTheHostIsNotAllowed(String headers) throws IOException {
        JsonNode user = get(USERS + "/" + ada, headers + "\n");

        assertThat(user.at("/meta/location").asString()).isEqualTo("http://127.0.0.1:" + port + USERS + "/" + ada);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: attacker.example",
                "X-Forwarded-Host: attacker.example:443\nX-Forwarded-Proto: https\nX-Forwarded-Prefix: /x",
                "Forwarded: host=attacker.example;proto=https",
                "X-Forwarded-Host: attacker.example, localhost"
            })
    void resourcesAreAtTheHostOfTheRequest_whereTheForwardedOneIsNotAllowed(String headers) throws IOException {
        JsonNode user = get(USERS + "/" + ada, "Host: miro_scim:90\n" + headers + "\n");

        assertThat(user.at("/meta/location").asString()).isEqualTo("http://miro_scim:90" + USERS + "/" + ada);
    }

    /** Of all planes. */
    @Test
    void noAnswerNamesAHostThatIsNotAllowed() throws IOException {
        String hosts = "Host: attacker.example\nX-Forwarded-Host: other.attacker.example\n";
        TestOrganization company = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com", "Design")
                .board("Plan", "Design", "ada@example.com")
                .create();
        Control control = Control.of(context);
        String admin =
                Base64.getEncoder().encodeToString(("admin:" + control.password()).getBytes(StandardCharsets.UTF_8));

        for (String request : List.of(
                "GET /v2/boards|Bearer " + company.rest().token(),
                "GET /api/v1/scim/Groups|Bearer " + company.token(),
                "GET /api/v1/scim/Schemas|Bearer " + company.token(),
                "GET /emulator/organizations/" + company.id() + "|Basic " + admin,
                "POST /emulator/organizations|Basic " + admin)) {
            String[] parts = request.split("\\|");
            RawHttp.Answer answer = RawHttp.exchange(
                    port,
                    "%s HTTP/1.1\n%sAuthorization: %s\nContent-Length: 0\n\n".formatted(parts[0], hosts, parts[1]));

            assertThat(answer.status()).as(answer.body()).isIn(200, 201);
            assertThat(answer.body() + answer.headers())
                    .contains("127.0.0.1:" + port)
                    .doesNotContain("attacker");
        }
    }

    @Test
    void whatIsCreatedIsThere() throws IOException {
        String body = "{\"userName\": \"bob@example.com\"}";
        RawHttp.Answer created = send(
                "POST",
                USERS,
                "Host: miro_scim:8080\nContent-Type: application/json\nContent-Length: " + body.length() + "\n",
                body);

        assertThat(created.status()).as(created.body()).isEqualTo(201);
        assertThat(created.header("Location")).startsWith("http://miro_scim:8080/api/v1/scim/Users/");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            miro_scim:8080 | X-Forwarded-Proto: https                         | https://miro_scim
            miro_scim:8080 | X-Forwarded-Port: 8443                           | http://miro_scim:8443
            miro_scim:8080 | X-Forwarded-Host: out_side.example.com           | http://out_side.example.com
            miro_scim:8080 | X-Forwarded-Host: outside:90                     | http://outside:90
            localhost:8080 | X-Forwarded-Host: out_side:90                    | http://out_side:90
            localhost:8080 | Forwarded: proto=https;host=out_side             | https://out_side
            miro_scim:8080 | Forwarded: proto=https                           | https://miro_scim
            miro-scim:8080 | Forwarded: proto=https                           | https://miro-scim
            miro_scim:8080 | X-Forwarded-Prefix: /miro                        | http://miro_scim:8080/miro
            """)
    void forwarded(String host, String header, String base) throws IOException {
        JsonNode user = get(USERS + "/" + ada, "Host: " + host + "\n" + header + "\n");

        assertThat(user.at("/meta/location").asString()).isEqualTo(base + USERS + "/" + ada);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "local host",
                "miro_scim:x",
                "miro_scim:80:80",
                "miro_scim..example",
                "miro_/scim",
                "miro_scim?",
                "user@miro_scim",
                "[fe80::_1]",
                "miro_sc%69m"
            })
    void whatNamesNoHost(String host) throws IOException {
        RawHttp.Answer answer = send("GET", USERS, "Host: " + host + "\n", "");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
        assertThat(detail(answer)).isEqualTo("The Host header is not the name or address of a host");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "X-Forwarded-Host: a b",
                "X-Forwarded-Host: a_b c",
                "X-Forwarded-Proto: ftp",
                "X-Forwarded-Prefix: x",
                "X-Forwarded-Prefix: /a?b",
                "X-Forwarded-Prefix: /%zz",
                "X-Forwarded-Prefix: http://attacker.example/"
            })
    void whatIsForwardedFromNoHost(String header) throws IOException {
        RawHttp.Answer answer = send("GET", USERS, "Host: miro_scim\n" + header + "\n", "");

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(detail(answer)).contains("Forwarded");
    }

    private static String detail(RawHttp.Answer answer) {
        return JsonMapper.shared().readTree(answer.body()).path("detail").asString();
    }

    private JsonNode get(String path, String headers) throws IOException {
        RawHttp.Answer answer = send("GET", path, headers, "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return JsonMapper.shared().readTree(answer.body());
    }

    private RawHttp.Answer send(String method, String path, String headers, String body) throws IOException {
        return RawHttp.exchange(
                port,
                "%s %s HTTP/1.1\nAuthorization: Bearer %s\n%s\n%s"
                        .formatted(method, path, acme.token(), headers, body));
    }
}

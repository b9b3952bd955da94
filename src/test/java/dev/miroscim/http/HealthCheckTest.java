package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@MiroScimTest
class HealthCheckTest {

    @LocalServerPort
    private int port;

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void health_needsNoToken(String path) throws IOException {
        RawHttp.Answer answer = ask("GET", path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void head_hasNoBody(String path) throws IOException {
        try (RawHttp connection = new RawHttp(port)) {
            connection.send("HEAD %s HTTP/1.1\nHost: localhost\n\n".formatted(path));

            assertThat(connection.receive(false).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health", "/health/live", "/health/ready"})
    void health_changesNothing(String path) throws IOException {
        RawHttp.Answer answer = ask("POST", path);

        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/", "/health/live/", "/health/db", "/healthy", "/Health", "/api/v1/scim/health"})
    void health_isThreePaths(String path) throws IOException {
        assertThat(ask("GET", path).status()).isIn(401, 404);
    }

    private RawHttp.Answer ask(String method, String path) throws IOException {
        return RawHttp.exchange(port, """
                %s %s HTTP/1.1
                Host: localhost
                Content-Length: 0

                """.formatted(method, path));
    }
}

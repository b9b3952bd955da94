package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.web.server.LocalServerPort;

@MiroScimTest
class HealthCheckTest {

    @LocalServerPort
    private int port;

    @Test
    void health_needsNoToken() throws IOException {
        RawHttp.Answer answer = ask("GET", "/health");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        assertThat(answer.body()).isEqualTo("{\"status\":\"UP\"}");
    }

    @Test
    void health_changesNothing() throws IOException {
        assertThat(ask("POST", "/health").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/", "/health/live", "/healthy", "/Health", "/api/v1/scim/health"})
    void health_isOnePath(String path) throws IOException {
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

package dev.miroscim.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class ScimAccessTest {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    @Autowired
    AccessTokens tokens;

    @ParameterizedTest
    @ValueSource(strings = {"Bearer %s", "bearer %s", "BEARER %s", "Bearer    %s  ", "Bearer\t%s", "%s", "   %s"})
    void token_isRead(String header) throws IOException {
        String token = TestOrganization.create(context, "{}").token();

        RawHttp.Answer answer = get("/ServiceProviderConfig", header.formatted(token));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.headers()).doesNotContainKeys("x-miro-rule", "set-cookie", "x-frame-options", "pragma");
    }

    private RawHttp.Answer get(String path, String authorization) throws IOException {
        return RawHttp.exchange(port, """
                GET /api/v1/scim%s HTTP/1.1
                Host: localhost
                Authorization: %s

                """.formatted(path, authorization));
    }
}

package dev.miroscim.idp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.ScimClient;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Plays every recorded request, with its URL as it is written and as it should be encoded. */
@MiroScimTest
class ReplayTest {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    @ParameterizedTest(name = "{0} ({1})")
    @MethodSource("requests")
    void request(Recorded recorded, Spelling spelling) throws IOException {
        Stage stage = Stage.set(context, recorded.given().toString());
        recorded.before().forEach((line, body) -> {
            ScimClient.Answer answer = send(stage, line, body);
            assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        });

        RawHttp.Answer answer = send(stage, recorded, spelling);

        assertThat(answer.status()).as(answer.body()).isEqualTo(recorded.status());
        ScimBody.check(answer.status(), answer.header("Content-Type"), answer.body());
        assertThat(answer.headers().getOrDefault("x-miro-rule", List.of()))
                .containsExactlyInAnyOrderElementsOf(recorded.rules());
        if (recorded.answer() != null) {
            expect(stage, recorded.answer(), answer.body());
        }
        recorded.then().forEach((line, expected) -> {
            ScimClient.Answer shown = send(stage, line, null);
            if (expected.isInt()) {
                assertThat(shown.status()).isEqualTo(expected.intValue());
            } else {
                expect(stage, expected, shown.text());
            }
        });
    }

    static Stream<Arguments> requests() {
        return Recorded.all().stream()
                .flatMap(recorded -> Stream.of(Spelling.values()).map(spelling -> Arguments.of(recorded, spelling)));
    }

    /** How a request's query is written. */
    enum Spelling {
        /** As the fixture has it: quotes and brackets as they are, plus for a space. */
        RAW {
            @Override
            String of(String query) {
                return query.replace(' ', '+');
            }
        },
        /** All that is not a letter or a digit as percent and two capital hexadecimal digits. */
        ENCODED {
            @Override
            String of(String query) {
                return Arrays.stream(query.split("&"))
                        .map(parameter -> Arrays.stream(parameter.split("=", 2))
                                .map(part -> URLEncoder.encode(URLDecoder.decode(part, UTF_8), UTF_8).replace("+", "%20"))
                                .collect(Collectors.joining("=")))
                        .collect(Collectors.joining("&"));
            }
        };

        abstract String of(String query);
    }

    private RawHttp.Answer send(Stage stage, Recorded recorded, Spelling spelling) throws IOException {
        String[] path = stage.filled(recorded.path()).split("\\?", 2);
        String query = path.length == 1 ? "" : "?" + spelling.of(path[1]);
        byte[] body = recorded.body() == null ? new byte[0] : stage.filled(recorded.body()).getBytes(UTF_8);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "localhost");
        headers.put("Authorization", "Bearer " + stage.organization().token());
        if (recorded.body() != null) {
            headers.put("Content-Type", "application/scim+json; charset=utf-8");
            headers.put("Content-Length", Integer.toString(body.length));
        }
        headers.putAll(recorded.headers());
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(headers.entrySet().stream()
                    .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                    .collect(Collectors.joining(
                            "", recorded.method() + " /api/v1/scim" + path[0] + query + " HTTP/1.1\n", "\n")));
            connection.send(body);
            return connection.receive();
        }
    }

    private static ScimClient.Answer send(Stage stage, String line, String body) {
        String[] words = stage.filled(line).split(" ", 2);
        return stage.scim().send(words[0], words[1], body == null ? null : stage.filled(body));
    }

    private static void expect(Stage stage, JsonNode part, String json) {
        JsonMapper mapper = JsonMapper.shared();
        assertThat(Part.difference(mapper.readTree(stage.filled(part.toString())), mapper.readTree(json)))
                .as(json)
                .isEmpty();
    }
}

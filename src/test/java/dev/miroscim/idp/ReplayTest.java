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

    /** How a request is written. */
    enum Spelling {
        /** As the fixture has it: quotes and brackets as they are, plus for a space, and a body in one piece. */
        RAW {
            @Override
            String query(String query) {
                return query.replace(' ', '+');
            }

            @Override
            String message(String body) {
                int length = body.replaceAll("\\R", "\r\n").getBytes(UTF_8).length;
                return "Content-Type: application/scim+json; charset=utf-8\nContent-Length: " + length + "\n\n" + body;
            }
        },
        /**
         * Whatever can be escaped is: by percent signs in the query, by backslashes in the body, which comes in chunks.
         */
        ENCODED {
            @Override
            String query(String query) {
                return Arrays.stream(query.split("&"))
                        .map(parameter -> Arrays.stream(parameter.split("=", 2))
                                .map(part -> URLEncoder.encode(URLDecoder.decode(part, UTF_8), UTF_8)
                                        .replace("+", "%20"))
                                .collect(Collectors.joining("=")))
                        .collect(Collectors.joining("&"));
            }

            @Override
            String message(String body) {
                StringBuilder message =
                        new StringBuilder("Content-Type: application/json\nTransfer-Encoding: chunked\n\n");
                String escaped = escaped(body);
                for (int start = 0; start < escaped.length(); start += 1_000) {
                    String chunk = escaped.substring(start, Math.min(start + 1_000, escaped.length()));
                    message.append(Integer.toHexString(chunk.length()))
                            .append('\n')
                            .append(chunk)
                            .append('\n');
                }
                return message.append("0\n\n").toString();
            }

            private static String escaped(String json) {
                StringBuilder escaped = new StringBuilder();
                boolean inString = false;
                for (int i = 0; i < json.length(); i++) {
                    char c = json.charAt(i);
                    if (c == '\n') {
                        escaped.append(' ');
                    } else if (inString && c == '\\') {
                        escaped.append(c).append(json.charAt(++i));
                    } else if (inString && c != '"') {
                        escaped.append("\\u%04x".formatted((int) c));
                    } else {
                        inString ^= c == '"';
                        escaped.append(c);
                    }
                }
                return escaped.toString();
            }
        };

        abstract String query(String query);

        /** The headers about a body, an empty line, and the body. */
        abstract String message(String body);
    }

    private RawHttp.Answer send(Stage stage, Recorded recorded, Spelling spelling) throws IOException {
        String[] path = stage.filled(recorded.path()).split("\\?", 2);
        String query = path.length == 1 ? "" : "?" + spelling.query(path[1]);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", "localhost");
        headers.put("Authorization", "Bearer " + stage.organization().token());
        headers.putAll(recorded.headers());
        String message = headers.entrySet().stream()
                .filter(header -> recorded.body() == null || !header.getKey().equals("Content-Type"))
                .map(header -> header.getKey() + ": " + header.getValue() + "\n")
                .collect(Collectors.joining(
                        "",
                        recorded.method() + " /api/v1/scim" + path[0] + query + " HTTP/1.1\n",
                        recorded.body() == null ? "\n" : spelling.message(stage.filled(recorded.body()))));
        return RawHttp.exchange(port, message);
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

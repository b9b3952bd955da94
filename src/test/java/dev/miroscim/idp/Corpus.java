package dev.miroscim.idp;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.idp.Mutations.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** What identity providers send: everything that was recorded, and every dialect. */
public final class Corpus {

    private static final String BASE = "/api/v1/scim";

    private Corpus() {}

    /**
     * @param filled puts ids in place of the names in braces, such as {@code {jane}}
     * @param headers of every request
     */
    public static List<Request> of(UnaryOperator<String> filled, Map<String, String> headers) {
        List<Request> corpus = new ArrayList<>();
        Recorded.all()
                .forEach(recorded -> corpus.add(new Request(
                        recorded.method(),
                        BASE,
                        filled.apply(recorded.path()).replace(' ', '+'),
                        headers,
                        recorded.body() == null
                                ? new byte[0]
                                : filled.apply(recorded.body()).getBytes(UTF_8))));
        for (String kind : List.of("users", "groups")) {
            String path = filled.apply(kind.equals("users") ? "/Users/{jane}" : "/Groups/{design}");
            for (JsonNode outcome : Recorded.read("dialects/" + kind)) {
                for (JsonNode asked : outcome.get("asked")) {
                    String operations = asked.isArray() ? asked.toString() : "[" + asked + "]";
                    corpus.add(new Request(
                            "PATCH", BASE, path, headers, body(filled, "{\"Operations\": " + operations + "}")));
                }
            }
        }
        for (JsonNode outcome : Recorded.read("dialects/creations")) {
            for (JsonNode asked : outcome.get("asked")) {
                corpus.add(new Request("POST", BASE, "/Users", headers, body(filled, asked.toString())));
            }
        }
        return corpus;
    }

    private static byte[] body(UnaryOperator<String> filled, String text) {
        return filled.apply(text)
                .replace("{user}", "urn:ietf:params:scim:schemas:core:2.0:User")
                .replace("{enterprise}", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                .getBytes(UTF_8);
    }
}

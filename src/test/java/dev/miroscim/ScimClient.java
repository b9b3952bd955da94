package dev.miroscim;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Calls SCIM as a client does, below the base path and with one token. */
public final class ScimClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final JsonMapper JSON = new JsonMapper();
    private static final String UNESCAPED = "-._~!$&'()*+,;=:@/?%";

    private final String baseUrl;
    private final String token;
    private final String mediaType;

    public ScimClient(int port, String token) {
        this("http://localhost:" + port + "/api/v1/scim", token, "application/scim+json");
    }

    ScimClient(String baseUrl, String token, String mediaType) {
        this.baseUrl = baseUrl;
        this.token = token;
        this.mediaType = mediaType;
    }

    public String baseUrl() {
        return baseUrl;
    }

    /** What came back. {@link #body()} is a missing node where the answer has no JSON. */
    public record Answer(int status, HttpHeaders headers, String text) {

        public JsonNode body() {
            try {
                return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
            } catch (JacksonException e) {
                return MissingNode.getInstance();
            }
        }

        /** The rules that acted, in their order. */
        public List<String> rules() {
            return headers.allValues("X-Miro-Rule");
        }

        public @Nullable String header(String name) {
            return headers.firstValue(name).orElse(null);
        }

        /** The resources of a list. */
        public List<JsonNode> resources() {
            return body().path("Resources").valueStream().toList();
        }
    }

    /** {@code path} may have a query as a person writes it: {@code /Users?filter=userName eq "a@example.com"}. */
    public Answer get(String path) {
        return send("GET", path, null);
    }

    public Answer post(String path, String body) {
        return send("POST", path, body);
    }

    public Answer put(String path, String body) {
        return send("PUT", path, body);
    }

    public Answer patch(String path, String body) {
        return send("PATCH", path, body);
    }

    /** A PATCH with these operations, as a JSON list without its brackets. */
    public Answer patchWith(String path, String operations) {
        return patch(path, """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}
                """.formatted(operations));
    }

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /** @param headers names and values in turn, in place of or beside those that every request has */
    public Answer send(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + escaped(path)))
                .header("Authorization", "Bearer " + token)
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", mediaType);
        }
        Statements.mark(request);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.headers(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static String escaped(String path) {
        StringBuilder escaped = new StringBuilder();
        path.codePoints().forEach(character -> {
            if (character < 128 && (Character.isLetterOrDigit(character) || UNESCAPED.indexOf(character) >= 0)) {
                escaped.appendCodePoint(character);
            } else {
                for (byte octet : Character.toString(character).getBytes(UTF_8)) {
                    escaped.append("%%%02X".formatted(octet));
                }
            }
        });
        return escaped.toString();
    }
}

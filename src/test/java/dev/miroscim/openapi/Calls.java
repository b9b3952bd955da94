package dev.miroscim.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.TestOrganization;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.AdminPassword;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls the running program, everything of it, and holds each answer against its description. */
final class Calls {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] MEGABYTE = " ".repeat(1 << 20).getBytes(UTF_8);

    private final String base;
    private final ServedDescription description;
    private final String scim;
    private final String rest;
    private final String admin;
    private final List<String> problems = new ArrayList<>();
    private final Set<String> succeeded = new TreeSet<>();

    private Calls(ServedDescription description, String base, String scim, String rest, String admin) {
        this.description = description;
        this.base = base;
        this.scim = scim;
        this.rest = rest;
        this.admin = admin;
    }

    static Calls of(ApplicationContext context, ServedDescription description, TestOrganization organization) {
        String password =
                String.valueOf(context.getBean(AdminPassword.class).secret().value());
        return new Calls(
                description,
                "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"),
                "Bearer " + organization.token(),
                "Bearer " + context.getBean(AccessTokens.class).generate(organization.id(), TokenKind.REST),
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(UTF_8)));
    }

    /** What was not as described, so far. */
    List<String> problems() {
        return problems;
    }

    /** The described calls that went well, so far. */
    Set<String> succeeded() {
        return succeeded;
    }

    JsonNode get(int status, String path) {
        return send(status, "GET", path, null);
    }

    JsonNode post(int status, String path, @Nullable String body) {
        return send(status, "POST", path, body);
    }

    JsonNode put(int status, String path, String body) {
        return send(status, "PUT", path, body);
    }

    JsonNode patch(int status, String path, String body) {
        return send(status, "PATCH", path, body);
    }

    void delete(int status, String path) {
        send(status, "DELETE", path, null);
    }

    /** @param headers names and values in turn, in place of or beside those that every request has */
    JsonNode send(int status, String method, String path, @Nullable String body, String... headers) {
        return send(
                status,
                method,
                path,
                body,
                body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body),
                headers);
    }

    /** Sends more bytes than any call reads. */
    void sendTooMuch(String method, String path) {
        Iterable<byte[]> chunks = () -> Stream.generate(() -> MEGABYTE)
                .limit(path.startsWith("/emulator") ? 65 : 1)
                .iterator();
        send(413, method, path, "{", BodyPublishers.ofByteArrays(chunks));
    }

    private JsonNode send(
            int status,
            String method,
            String path,
            @Nullable String body,
            HttpRequest.BodyPublisher publisher,
            String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path))
                .header("Authorization", authorization(path))
                .method(method, publisher);
        if (body != null) {
            request.header("Content-Type", path.startsWith("/api/") ? "application/scim+json" : "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        try {
            HttpResponse<InputStream> response = HTTP.send(request.build(), BodyHandlers.ofInputStream());
            try (InputStream stream = response.body()) {
                if (response.statusCode() < 300) {
                    String type = response.request()
                            .headers()
                            .firstValue("Content-Type")
                            .orElse("");
                    problems.addAll(description.requestProblems(method, path, type, body));
                }
                return check(status, method, path, response, text(response, stream));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As JSON, whatever it is. A stream of events has no end to wait for. */
    private static String text(HttpResponse<InputStream> response, InputStream stream) throws IOException {
        String type = response.headers().firstValue("Content-Type").orElse("");
        if (type.startsWith("text/event-stream")) {
            return "\"events\"";
        }
        String text = new String(stream.readAllBytes(), UTF_8);
        return type.startsWith("text/plain") ? JSON.writeValueAsString(text) : text;
    }

    private JsonNode check(int status, String method, String path, HttpResponse<?> response, String text) {
        if (response.statusCode() != status) {
            problems.add("%s %s: %d and not %d: %s".formatted(method, path, response.statusCode(), status, text));
        }
        problems.addAll(description.problems(method, path, response.statusCode(), response.headers(), text));
        if (response.statusCode() < 300) {
            succeeded.add(description.call(method, path).toString());
        }
        // A malformed path is refused before anything counts it.
        if (path.startsWith("/v") && !path.contains(";")) {
            for (String name : List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")) {
                assertThat(response.headers().firstValue(name).orElse(""))
                        .as(path)
                        .matches("[0-9]+");
            }
        }
        return text.isEmpty() ? JSON.createObjectNode() : JSON.readTree(text);
    }

    private String authorization(String path) {
        return path.startsWith("/api/") ? scim : path.matches("/(emulator|metrics).*") ? admin : rest;
    }
}

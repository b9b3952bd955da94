package dev.miroscim;

import dev.miroscim.emulator.AdminPassword;
import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.Organization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The control API of the running program: by its typed client, and as it is on the wire. */
public final class Control {

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final JsonMapper JSON = new JsonMapper();

    private final int port;
    private final String password;
    private final MiroScimAdmin admin;

    private Control(int port, String password) {
        this.port = port;
        this.password = password;
        this.admin = MiroScimAdmin.at("http://localhost:" + port, password);
    }

    public static Control of(ApplicationContext context) {
        return new Control(
                context.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
                String.valueOf(context.getBean(AdminPassword.class).secret().value()));
    }

    public MiroScimAdmin admin() {
        return admin;
    }

    /** Where the control API is. */
    public String url() {
        return "http://localhost:" + port + "/emulator";
    }

    public String password() {
        return password;
    }

    /** Where the program listens. */
    public int port() {
        return port;
    }

    /** Calls SCIM with the token of an organisation that was just made. */
    public ScimClient scim(Organization organization) {
        return new ScimClient(port, String.valueOf(organization.scimToken()));
    }

    /** What came back. */
    public record Answer(int status, java.net.http.HttpHeaders headers, String text) {

        public JsonNode body() {
            return JSON.readTree(text);
        }

        public String detail() {
            return body().path("detail").asString();
        }
    }

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

    public Answer delete(String path) {
        return send("DELETE", path, null);
    }

    /**
     * Sends a request below {@code /emulator}.
     *
     * @param headers names and values in turn, in place of or beside those that every request has
     */
    public Answer send(String method, String path, @Nullable String body, String... headers) {
        return http(
                request(method, path, body, headers),
                BodyHandlers.ofString(),
                response -> new Answer(response.statusCode(), response.headers(), response.body()));
    }

    /** Opens a stream of events below {@code /emulator}. */
    public EventStream stream(String path, String... headers) {
        return http(request("GET", path, null, headers), BodyHandlers.ofInputStream(), EventStream::new);
    }

    private HttpRequest request(String method, String path, @Nullable String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url() + path))
                .header(
                        "Authorization",
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8)))
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        Statements.mark(request);
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    private static <T, R> R http(HttpRequest request, BodyHandler<T> handler, Function<HttpResponse<T>, R> result) {
        try {
            return result.apply(HTTP.send(request, handler));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

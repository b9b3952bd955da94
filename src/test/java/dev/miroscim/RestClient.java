package dev.miroscim;

import dev.miroscim.ScimClient.Answer;
import org.jspecify.annotations.Nullable;

/** Calls Miro's REST API as a client does, with one token. */
public final class RestClient {

    private final ScimClient http;
    private final String token;

    public RestClient(int port, String token) {
        this.http = new ScimClient("http://localhost:" + port, token, "application/json");
        this.token = token;
    }

    public String token() {
        return token;
    }

    public Answer get(String path) {
        return http.get(path);
    }

    public Answer post(String path, String body) {
        return http.post(path, body);
    }

    public Answer patch(String path, String body) {
        return http.patch(path, body);
    }

    public Answer delete(String path) {
        return http.delete(path);
    }

    /** @param headers names and values in turn */
    public Answer send(String method, String path, @Nullable String body, String... headers) {
        return http.send(method, path, body, headers);
    }
}

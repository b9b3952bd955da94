package dev.miroscim.idp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.ScimClient;
import java.net.URLEncoder;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** What a provisioning service sends, and its log of it. */
final class Calls {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern BY_ID = Pattern.compile("(GET|PATCH|PUT|DELETE) /(Users|Groups)/[0-9]+.*");

    private final ScimClient scim;
    private final Queue<Call> log = new ConcurrentLinkedQueue<>();

    Calls(ScimClient scim) {
        this.scim = scim;
    }

    record Call(String line, int status, List<String> rules, String answer) {

        /**
         * A provider finds out by a 404 that what it knew is gone, and matches anew. Any other refusal is a failure to
         * it.
         */
        boolean failed() {
            boolean gone =
                    status == 404 && rules.isEmpty() && BY_ID.matcher(line).matches();
            return status >= 400 && !gone;
        }
    }

    ScimClient.Answer get(String path) {
        return send("GET", path, null);
    }

    /** A list that a filter narrows, encoded as HTML forms are. */
    ScimClient.Answer find(String path, String filter) {
        return get(path + (path.contains("?") ? "&" : "?") + "filter=" + URLEncoder.encode(filter, UTF_8));
    }

    ScimClient.Answer send(String method, String path, @Nullable Object body) {
        ScimClient.Answer answer = scim.send(method, path, body == null ? null : JSON.writeValueAsString(body));
        log.add(new Call(method + " " + path, answer.status(), answer.rules(), answer.text()));
        ScimBody.check(answer.status(), answer.header("Content-Type"), answer.text());
        return answer;
    }

    /** Sends operations, each an object. */
    ScimClient.Answer patch(String path, List<?> operations) {
        return send(
                "PATCH",
                path,
                Map.of("schemas", List.of("urn:ietf:params:scim:api:messages:2.0:PatchOp"), "Operations", operations));
    }

    List<Call> log() {
        return List.copyOf(log);
    }

    /** What would be an error in the provider's own log. */
    void assertNoFailures() {
        assertThat(log).noneMatch(Call::failed);
    }

    void clear() {
        log.clear();
    }
}

package dev.miroscim.testkit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call in the journal.
 *
 * @param organization the id of the organisation of its token; null without a valid token
 * @param plane {@code scim} or {@code rest}
 * @param query the query string, decoded
 * @param body the request body; null if there was none
 * @param status null if the caller got no answer
 * @param response the response body
 * @param requestId the {@code X-Request-Id} of the answer
 * @param notes the rules that acted on the call
 * @param faults the injected faults that acted on the call
 */
public record Call(
        String id,
        Instant time,
        @Nullable String organization,
        String plane,
        String method,
        String path,
        @Nullable String query,
        @Nullable JsonNode body,
        @Nullable Integer status,
        @Nullable JsonNode response,
        double durationMs,
        Client client,
        @Nullable String requestId,
        List<Note> notes,
        List<FaultMark> faults) {

    /** The client. */
    public record Client(@Nullable String address, @Nullable String userAgent) {}

    /** A rule that acted, and what it did. */
    public record Note(String rule, @Nullable String attribute, String sentence, String source) {}

    /** An injected fault that acted on the call, and what it did. */
    public record FaultMark(String id, String did) {}

    /** The ids of the rules that acted. */
    public List<String> rules() {
        return notes.stream().map(Note::rule).toList();
    }
}

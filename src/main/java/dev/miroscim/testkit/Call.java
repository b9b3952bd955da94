package dev.miroscim.testkit;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call that was made, as the journal has it.
 *
 * @param organization the id of the organisation that its token opened; null if it opened none
 * @param plane {@code scim} or {@code rest}
 * @param query the query string, decoded
 * @param body what was sent; null if nothing was
 * @param status null if the caller got no answer
 * @param response what was answered
 * @param notes the rules that acted on it
 * @param faults the faults that met it
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
        List<Note> notes,
        List<FaultMark> faults) {

    /** Who called. */
    public record Client(@Nullable String address, @Nullable String userAgent) {}

    /** A rule that acted, and what it did. */
    public record Note(String rule, @Nullable String attribute, String sentence, String source) {}

    /** A fault that met the call, and what it did. */
    public record FaultMark(String id, String did) {}

    /** The ids of the rules that acted. */
    public List<String> rules() {
        return notes.stream().map(Note::rule).toList();
    }
}

package dev.miroscim.emulator.journal;

import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.Notes.Note;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call in the journal.
 *
 * @param id increases in the order in which calls were written
 * @param organization the organisation of the call's token; null without a valid token
 * @param query the query string, decoded
 * @param body the request body: JSON as JSON, anything else as text; only the beginning of a large one
 * @param status null if the caller got no answer
 * @param response the response body, like the request body
 * @param requestId the {@code X-Request-Id} of the answer; null for entries of earlier versions
 * @param notes the rules of Miro that acted on the call
 * @param faults the injected faults that acted on the call
 */
record JournalEntry(
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
        List<RuleNote> notes,
        List<FaultNote> faults) {

    /** The client. */
    record Client(@Nullable String address, @Nullable String userAgent) {}

    /** A rule that acted. */
    record RuleNote(String rule, @Nullable String attribute, String sentence, String source) {

        static RuleNote of(Note note) {
            return new RuleNote(
                    note.rule().id(),
                    note.attribute(),
                    note.sentence(),
                    note.rule().source());
        }
    }

    /** The name of a plane in the journal and in faults. */
    static String plane(TokenKind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }
}

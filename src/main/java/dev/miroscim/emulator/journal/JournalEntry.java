package dev.miroscim.emulator.journal;

import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.Notes.Note;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A call as the journal tells it.
 *
 * @param id ascends in the order in which calls were written down
 * @param organization the organisation whose token the call had; null if it had none that opens anything
 * @param query the query string, decoded
 * @param body what was sent: JSON as such, anything else as text, and only the beginning of something large
 * @param status null if the caller got no answer
 * @param response what was answered, like the body
 * @param notes the rules of Miro that acted on the call
 * @param faults the faults that somebody had asked for and that met this call
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
        List<RuleNote> notes,
        List<FaultNote> faults) {

    /** Who called. */
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

package dev.miroscim.emulator.journal;

import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.Notes.Note;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call that was answered, on its way into the journal.
 *
 * @param organizationId the organisation that its token opened; null if it opened none
 * @param query the query string as it was sent
 * @param status null if the caller got no answer
 * @param token what it sent to be let in, which must not be written down
 */
record Call(
        Instant time,
        @Nullable Long organizationId,
        TokenKind plane,
        String method,
        String path,
        @Nullable String query,
        Body body,
        @Nullable Integer status,
        Body response,
        long micros,
        @Nullable String address,
        @Nullable String userAgent,
        @Nullable String token,
        List<Note> notes,
        List<FaultNote> faults) {

    private static final int OVERHEAD = 1_000;

    /** Roughly the memory it takes. */
    int size() {
        return OVERHEAD + body.kept().length + response.kept().length;
    }

    /**
     * The beginning of a body.
     *
     * @param charset the encoding that its sender named; null for UTF-8
     */
    record Body(byte[] kept, @Nullable String charset) {

        static final Body NONE = new Body(new byte[0], null);
    }
}

package dev.miroscim.emulator.journal;

import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.Notes.Note;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An answered call on its way into the journal.
 *
 * @param organizationId the organisation of its token; null without a valid token
 * @param query the query string as sent
 * @param status null if the caller got no answer
 * @param requestId the {@code X-Request-Id} of its answer
 * @param token the credentials of the call, which must not be stored
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
        @Nullable String requestId,
        @Nullable String token,
        List<Note> notes,
        List<FaultNote> faults) {

    private static final int OVERHEAD = 1_000;

    /** An estimate of its memory in bytes. */
    int size() {
        return OVERHEAD + body.kept().length + response.kept().length;
    }

    /**
     * The beginning of a body.
     *
     * @param charset the encoding that the sender named; null for UTF-8
     */
    record Body(byte[] kept, @Nullable String charset) {

        static final Body NONE = new Body(new byte[0], null);
    }
}

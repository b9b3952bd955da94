package dev.miroscim.emulator.journal;

import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.clock.SystemTime;
import java.time.Instant;
import java.util.List;

/** Calls as the filter describes them. */
final class Calls {

    private Calls() {}

    static Call of(String path) {
        return at(path, SystemTime.now());
    }

    static Call at(String path, Instant time) {
        return new Call(
                time,
                null,
                TokenKind.SCIM,
                "GET",
                path,
                null,
                Call.Body.NONE,
                200,
                Call.Body.NONE,
                1_000,
                null,
                null,
                null,
                null,
                List.of(),
                List.of());
    }
}

package dev.miroscim.platform;

import dev.miroscim.http.Fault;
import dev.miroscim.http.FaultException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** How REST spells what the directory knows. */
final class Wire {

    private Wire() {}

    /** Whether a text can be an id: a number that fits into 64 bits. */
    static boolean isId(String text) {
        return text.matches("[1-9][0-9]{0,17}|[1-8][0-9]{18}");
    }

    static @Nullable String id(@Nullable Long id) {
        return id == null ? null : id.toString();
    }

    /** The word for a role or a licence. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** To the second, which every reader of RFC 3339 understands. */
    static @Nullable Instant time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    static FaultException invalid(String detail) {
        return new FaultException(Fault.of(HttpStatus.BAD_REQUEST, Fault.INVALID_VALUE, detail));
    }
}

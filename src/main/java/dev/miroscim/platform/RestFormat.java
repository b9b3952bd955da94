package dev.miroscim.platform;

import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/** Converts values of the directory into REST's format. */
final class RestFormat {

    private RestFormat() {}

    /** Whether a text can be an id: a number that fits into 64 bits. */
    static boolean isId(String text) {
        return text.matches("[1-9][0-9]{0,17}|[1-8][0-9]{18}");
    }

    static @Nullable String id(@Nullable Long id) {
        return id == null ? null : id.toString();
    }

    /** The name of a role or licence. */
    static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Truncates to seconds, which every reader of RFC 3339 understands. */
    static @Nullable Instant time(@Nullable Instant time) {
        return time == null ? null : time.truncatedTo(ChronoUnit.SECONDS);
    }

    static ApiErrorException invalid(String detail) {
        return new ApiErrorException(ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, detail));
    }
}

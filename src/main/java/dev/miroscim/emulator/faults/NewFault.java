package dev.miroscim.emulator.faults;

import static dev.miroscim.emulator.http.EmulatorApi.invalid;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.faults.InjectedFault.BrokenConnection;
import dev.miroscim.emulator.faults.InjectedFault.Ending;
import dev.miroscim.emulator.faults.InjectedFault.InjectedError;
import dev.miroscim.emulator.http.EmulatorApi;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.http.HttpStatus;

/**
 * A fault to be injected. It acts on the calls that match all given fields of {@code organization}, {@code plane},
 * {@code method} and {@code path}.
 *
 * @param organization the id of the organisation of a call's token; null for every call
 * @param method one or several, such as {@code PATCH} or {@code POST,PATCH}
 * @param path such as {@code /Groups}, which includes everything below it; {@code /Groups/*} is any single group
 * @param times how many calls it acts on; unlimited by default
 * @param probability the probability that it acts on a matching call, from 0 to 1; 1 by default
 * @param status the status of the error
 * @param scimType the type of a SCIM error
 * @param detail the text of the error
 * @param retryAfter the header Retry-After, in seconds
 * @param delayMs how much later the call is handled or answered, in milliseconds
 * @param when before the call is handled, which is the default, or after
 * @param connection {@code reset} breaks the connection instead of answering
 * @param expiresIn how long it lasts, such as {@code 30s} or {@code PT5M}
 * @param expiresAt when it ends, by the emulator's clock
 */
record NewFault(
        @Nullable String organization,
        @Nullable TokenKind plane,
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer times,
        @Nullable Double probability,
        @Nullable Integer status,
        @Nullable String scimType,
        @Nullable String detail,
        @Nullable Integer retryAfter,
        @Nullable Long delayMs,
        @Nullable When when,
        @Nullable Connection connection,
        @Nullable String expiresIn,
        @Nullable String expiresAt) {

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE");
    private static final Pattern ID = Pattern.compile("[0-9]{1,19}");
    private static final int MOST_TIMES = 1_000_000_000;
    private static final int LONGEST_PATH = 200;
    private static final int LONGEST_SCIM_TYPE = 60;
    private static final int LONGEST_DETAIL = 1_000;
    private static final int LONGEST_RETRY = 86_400;
    private static final int LONGEST_DELAY = 300_000;
    private static final Duration LONGEST_LIFE = Duration.ofDays(366);

    enum When {
        @JsonProperty("before")
        BEFORE,
        @JsonProperty("after")
        AFTER
    }

    enum Connection {
        @JsonProperty("reset")
        RESET
    }

    /**
     * The validated fault.
     *
     * @throws dev.miroscim.http.ApiErrorException naming the first invalid field
     */
    InjectedFault checked(long id, Instant now) {
        check();
        return new InjectedFault(
                id,
                organizationId(),
                plane,
                methods(),
                path == null ? null : checkedPath(path.strip()),
                times == null ? null : between("times", times, 1, MOST_TIMES),
                probability == null ? 1 : checkedProbability(probability),
                delayMs == null ? Duration.ZERO : Duration.ofMillis(between("delayMs", delayMs, 1, LONGEST_DELAY)),
                ending(),
                when == When.AFTER,
                end(now),
                0);
    }

    /** Refuses contradictory fields. */
    private void check() {
        if (status == null && delayMs == null && connection == null) {
            throw invalid("status", "a fault needs at least one of status, delayMs and connection");
        }
        if (status != null && connection != null) {
            throw invalid(
                    "connection", "a fault cannot both answer with status " + status + " and reset the connection");
        }
        if (status == null) {
            requireStatus("scimType", scimType);
            requireStatus("detail", detail);
            requireStatus("retryAfter", retryAfter);
        }
        if (expiresIn != null && expiresAt != null) {
            throw invalid("expiresAt", "it cannot be combined with expiresIn '" + expiresIn + "'");
        }
    }

    private static void requireStatus(String member, @Nullable Object value) {
        if (value != null) {
            throw invalid(member, "'" + value + "' needs a status, which is missing");
        }
    }

    private @Nullable Long organizationId() {
        if (organization == null) {
            return null;
        }
        try {
            if (ID.matcher(organization.strip()).matches()) {
                return Long.valueOf(organization.strip());
            }
        } catch (NumberFormatException _) {
            // The exception below reports it.
        }
        throw noSuchOrganization(organization);
    }

    static RuntimeException noSuchOrganization(Object id) {
        return invalid("organization", "there is no organisation '" + id + "'");
    }

    private List<String> methods() {
        return method == null
                ? List.of()
                : Arrays.stream(method.split(",", -1))
                        .map(NewFault::checkedMethod)
                        .distinct()
                        .toList();
    }

    private static String checkedMethod(String word) {
        String name = word.strip().toUpperCase(Locale.ROOT);
        if (!METHODS.contains(name)) {
            throw invalid("method", "'" + word.strip() + "' is not one of " + String.join(", ", METHODS));
        }
        return name;
    }

    private static String checkedPath(String path) {
        if (path.isEmpty() || path.length() > LONGEST_PATH) {
            throw invalid("path", "'" + path + "' must have 1 to " + LONGEST_PATH + " characters");
        }
        if (path.contains("?")) {
            throw invalid("path", "'" + path + "' has a query, but faults only match paths");
        }
        // Each further wildcard multiplies the time for finding out that a path does not match.
        if (path.split("\\*\\*", -1).length > 3) {
            throw invalid("path", "'" + path + "' has more than two '**'");
        }
        if (path.equals(EmulatorApi.BASE_PATH) || path.startsWith(EmulatorApi.BASE_PATH + "/")) {
            throw invalid("path", "'" + path + "' belongs to the control API, on which faults do not act");
        }
        return path;
    }

    private static double checkedProbability(double probability) {
        if (probability < 0 || probability > 1) {
            throw invalid("probability", "'" + probability + "' is not between 0 and 1");
        }
        return probability;
    }

    private @Nullable Ending ending() {
        if (status == null) {
            return connection == null ? null : new BrokenConnection();
        }
        HttpStatus known = HttpStatus.resolve(status);
        if (known == null || !known.isError()) {
            throw invalid("status", "'" + status + "' is not an HTTP error status such as 429 or 503");
        }
        return new InjectedError(
                known,
                scimType == null ? null : text("scimType", scimType, LONGEST_SCIM_TYPE),
                detail == null ? null : text("detail", detail, LONGEST_DETAIL),
                retryAfter == null ? null : between("retryAfter", retryAfter, 0, LONGEST_RETRY));
    }

    private static String text(String member, String text, int longest) {
        if (text.isBlank() || text.length() > longest) {
            throw invalid(
                    member,
                    "it has " + text.length() + " characters; at least 1 and at most " + longest + " are allowed");
        }
        return text;
    }

    private static int between(String member, long value, int least, int most) {
        if (value < least || value > most) {
            throw invalid(member, "'" + value + "' is not between " + least + " and " + most);
        }
        return (int) value;
    }

    private @Nullable Instant end(Instant now) {
        if (expiresIn != null) {
            return now.plus(life(expiresIn.strip())).truncatedTo(ChronoUnit.MICROS);
        }
        return expiresAt == null ? null : end(expiresAt.strip(), now);
    }

    private static Duration life(String text) {
        try {
            // A bare number would mean milliseconds, which hardly anybody intends.
            if (!ID.matcher(text).matches()) {
                Duration life = DurationStyle.detectAndParse(text);
                if (life.isPositive() && life.compareTo(LONGEST_LIFE) <= 0) {
                    return life;
                }
            }
        } catch (IllegalArgumentException | ArithmeticException _) {
            // The exception below reports it.
        }
        throw invalid(
                "expiresIn",
                "'" + text + "' is not a duration of at most " + LONGEST_LIFE.toDays() + "d, such as 30s or PT5M");
    }

    private static Instant end(String text, Instant now) {
        try {
            Instant end = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!end.isAfter(now)) {
                throw invalid("expiresAt", "'" + text + "' is over: it is " + now);
            }
            if (end.compareTo(now.plus(LONGEST_LIFE)) <= 0) {
                return end;
            }
        } catch (DateTimeException _) {
            // The exception below reports it.
        }
        throw invalid("expiresAt", "'" + text + "' is not a time within a year, such as 2026-03-01T09:00:00Z");
    }
}

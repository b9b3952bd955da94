package dev.miroscim.emulator.clock;

import dev.miroscim.emulator.clock.SettableClock.Setting;
import dev.miroscim.emulator.http.EmulatorApi;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Shows and sets the clock that Miro's rules read. */
@RestController
@RequestMapping(path = EmulatorApi.BASE_PATH + "/clock", produces = MediaType.APPLICATION_JSON_VALUE)
class ClockController {

    /** The range that PostgreSQL can store, with room for the durations that rules add. */
    private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59Z");

    private final ClockSettings settings;
    private final SettableClock clock;

    ClockController(ClockSettings settings, SettableClock clock) {
        this.settings = settings;
        this.clock = clock;
    }

    /**
     * A setting of the clock; exactly one of the two is given.
     *
     * @param now the time at which the clock stops
     * @param offset how far the clock is ahead of the system clock, such as {@code PT40M} or {@code -P1D}
     */
    record Wanted(@Nullable String now, @Nullable String offset) {}

    /**
     * The state of the clock.
     *
     * @param offset how far it is ahead of the system clock
     * @param stopped whether it is stopped
     */
    record Reading(Instant now, Duration offset, boolean stopped) {}

    /** Shows the time. */
    @GetMapping
    Reading get() {
        Setting setting = clock.setting();
        Instant now = clock.instant();
        return new Reading(
                now,
                setting.stoppedAt() == null
                        ? setting.offset()
                        : Duration.between(SystemTime.now(), now).truncatedTo(ChronoUnit.MILLIS),
                setting.stoppedAt() != null);
    }

    /** Stops the clock at a time, or sets it ahead of the system clock. */
    @PutMapping
    Reading set(@RequestBody Wanted wanted) {
        if ((wanted.now() == null) == (wanted.offset() == null)) {
            throw EmulatorApi.invalid("now", "set either 'now' or 'offset'");
        }
        settings.set(
                wanted.now() != null
                        ? new Setting(time(wanted.now()), Duration.ZERO)
                        : new Setting(null, offset(wanted.offset())));
        return get();
    }

    /** Resets the clock to the system clock. */
    @DeleteMapping
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void reset() {
        settings.set(Setting.NONE);
    }

    private static Instant time(String text) {
        try {
            Instant time = OffsetDateTime.parse(text).toInstant().truncatedTo(ChronoUnit.MICROS);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return time;
            }
        } catch (DateTimeException _) {
            // The exception below reports it.
        }
        throw EmulatorApi.invalid("now", "'" + text + "' is not a time such as 2026-03-01T09:00:00Z");
    }

    private static Duration offset(String text) {
        try {
            Duration offset = Duration.parse(text);
            Instant time = SystemTime.now().plus(offset);
            if (!time.isBefore(EARLIEST) && !time.isAfter(LATEST)) {
                return offset.truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException | ArithmeticException _) {
            // The exception below reports it.
        }
        throw EmulatorApi.invalid("offset", "'" + text + "' is not a duration such as PT40M or -P1D");
    }
}

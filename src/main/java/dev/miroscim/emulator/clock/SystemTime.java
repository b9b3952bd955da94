package dev.miroscim.emulator.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * The machine's time, whatever the rules' clock is set to: for when a call really came, and how old a journal entry
 * really is. It has the resolution of PostgreSQL's timestamps.
 */
public final class SystemTime {

    private static final Clock SYSTEM = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    private SystemTime() {}

    public static Instant now() {
        return SYSTEM.instant();
    }
}

package dev.miroscim.emulator.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * What the clock of the machine says, whatever the clock is set to that the rules read: when a call really came, and
 * how old an entry of the journal really is. Ticks as finely as PostgreSQL stores.
 */
public final class SystemTime {

    private static final Clock SYSTEM = Clock.tick(Clock.systemUTC(), Duration.ofNanos(1_000));

    private SystemTime() {}

    public static Instant now() {
        return SYSTEM.instant();
    }
}

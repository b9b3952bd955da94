package dev.miroscim.emulator.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The clock of the whole program but for what has to do with real time, such as the ages of caches. Ticks as finely as
 * {@link SystemTime}, so that a time reads the same before and after it was stored.
 */
@Component
final class SettableClock extends Clock {

    private volatile Setting setting = Setting.NONE;

    /**
     * What differs from the system clock: it stands still, or goes ahead of it, or lags behind, or nothing.
     *
     * @param stoppedAt the time at which it stands still
     * @param offset how far it is ahead
     */
    record Setting(@Nullable Instant stoppedAt, Duration offset) {

        static final Setting NONE = new Setting(null, Duration.ZERO);
    }

    Setting setting() {
        return setting;
    }

    void set(Setting setting) {
        this.setting = setting;
    }

    @Override
    public Instant instant() {
        Setting current = setting;
        return current.stoppedAt() == null ? SystemTime.now().plus(current.offset()) : current.stoppedAt();
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("All times here are UTC");
    }
}

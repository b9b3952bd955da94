package dev.miroscim.emulator.clock;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * The clock of the whole program, except for real-time matters such as the age of cache entries. It has the resolution
 * of {@link SystemTime}, so that storing a time does not change it.
 */
@Component
final class SettableClock extends Clock {

    private volatile Supplier<Setting> setting = () -> Setting.NONE;

    /**
     * The difference from the system clock: stopped, ahead, behind, or none.
     *
     * @param stoppedAt the time at which it is stopped
     * @param offset how far it is ahead
     */
    record Setting(@Nullable Instant stoppedAt, Duration offset) {

        static final Setting NONE = new Setting(null, Duration.ZERO);
    }

    Setting setting() {
        return setting.get();
    }

    /** Takes its setting from {@code settings} from now on. */
    void follow(Supplier<Setting> settings) {
        this.setting = settings;
    }

    @Override
    public Instant instant() {
        Setting current = setting();
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

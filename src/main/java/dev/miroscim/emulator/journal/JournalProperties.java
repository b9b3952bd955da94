package dev.miroscim.emulator.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How much the journal keeps.
 *
 * @param enabled whether calls are written down at all
 * @param maxEntries the most entries that are kept; up to a quarter fewer, since the oldest go together
 * @param maxAge how old entries become
 * @param maxBody how much of a body is kept
 * @param maxWaiting how much may wait for being written, before entries are dropped
 */
@ConfigurationProperties("miro.journal")
record JournalProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("50000") int maxEntries,
        @DefaultValue("24h") Duration maxAge,
        @DefaultValue("16KB") DataSize maxBody,
        @DefaultValue("8MB") DataSize maxWaiting) {

    static final int SEGMENTS = 4;

    JournalProperties {
        if (maxEntries < SEGMENTS) {
            throw new IllegalArgumentException(
                    "miro.journal.max-entries is %d and has to be at least %d".formatted(maxEntries, SEGMENTS));
        }
        if (!maxAge.isPositive()) {
            throw new IllegalArgumentException("miro.journal.max-age has to be more than nothing");
        }
    }

    int entriesPerSegment() {
        return maxEntries / SEGMENTS;
    }
}

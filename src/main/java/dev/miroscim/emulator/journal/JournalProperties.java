package dev.miroscim.emulator.journal;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The journal's limits.
 *
 * @param enabled whether calls are recorded
 * @param maxEntries the maximum number of entries; up to a quarter fewer, because the oldest are deleted in batches
 * @param maxAge the maximum age of entries
 * @param maxBody how much of a body is kept
 * @param maxWaiting how much may wait to be written before calls are dropped
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
                    "miro.journal.max-entries is %d and must be at least %d".formatted(maxEntries, SEGMENTS));
        }
        if (!maxAge.isPositive()) {
            throw new IllegalArgumentException("miro.journal.max-age must be greater than 0");
        }
    }

    int entriesPerSegment() {
        return maxEntries / SEGMENTS;
    }
}

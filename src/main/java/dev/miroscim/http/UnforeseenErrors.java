package dev.miroscim.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Scheduler;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs the bugs of this program: each with its stack trace, but the same one once a minute, and then how often it
 * happened again. A client that repeats a request could fill a disk otherwise.
 */
final class UnforeseenErrors {

    /** How many different ones are logged in a minute. */
    static final int MOST = 50;

    private static final Logger log = LoggerFactory.getLogger(UnforeseenErrors.class);
    private static final Duration INTERVAL = Duration.ofMinutes(1);
    private static final String OURS = "dev.miroscim.";

    private final Cache<Place, Occurrences> recent;

    UnforeseenErrors(Ticker time) {
        this.recent = Caffeine.newBuilder()
                .expireAfterWrite(INTERVAL)
                .ticker(time)
                .scheduler(Scheduler.systemScheduler())
                .executor(Runnable::run)
                .<Place, Occurrences>evictionListener((place, occurrences, _) -> summarize(place, occurrences))
                .build();
    }

    /** Where an exception comes from. */
    private record Place(String exception, @Nullable StackTraceElement line) {

        /** Stands for all that are too many to be told apart. */
        static final Place OTHER = new Place("other exceptions", null);

        static Place of(Throwable exception) {
            StackTraceElement[] trace = exception.getStackTrace();
            return new Place(
                    exception.getClass().getName(),
                    Arrays.stream(trace)
                            .filter(line -> line.getClassName().startsWith(OURS))
                            .findFirst()
                            .orElse(trace.length == 0 ? null : trace[0]));
        }

        @Override
        public String toString() {
            return line == null ? exception : exception + " at " + line;
        }
    }

    private record Occurrences(String number, AtomicLong count) {}

    /** Logs the exception, unless it was logged within a minute. Returns the number by which the log has it. */
    String log(Throwable exception) {
        Place place = Place.of(exception);
        if (recent.getIfPresent(place) == null && recent.estimatedSize() >= MOST) {
            place = Place.OTHER;
        }
        Occurrences occurrences = recent.get(
                place,
                _ -> new Occurrences(
                        HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt()), new AtomicLong()));
        if (occurrences.count().getAndIncrement() == 0) {
            log.error("Error {}", occurrences.number(), exception);
        }
        return occurrences.number();
    }

    private static void summarize(@Nullable Place place, @Nullable Occurrences occurrences) {
        if (occurrences != null && occurrences.count().get() > 1) {
            log.error(
                    "Error {} happened {} times within a minute: {}", occurrences.number(), occurrences.count(), place);
        }
    }

    /** Does now what is due. */
    void cleanUp() {
        recent.cleanUp();
    }
}

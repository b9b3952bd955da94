package dev.miroscim.http;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;

/**
 * Logs failures of the database without stack traces and every few seconds only: while it is unavailable, every request
 * fails the same way.
 */
final class DatabaseErrorLog {

    private static final Logger log = LoggerFactory.getLogger(DatabaseErrorLog.class);

    private static final Duration EVERY = Duration.ofSeconds(5);

    private final AtomicLong lastLine = new AtomicLong(System.nanoTime() - EVERY.toNanos());
    private final AtomicLong unsaid = new AtomicLong();

    void add(ApiError answer, Throwable exception) {
        long last = lastLine.get();
        long now = System.nanoTime();
        if (now - last < EVERY.toNanos() || !lastLine.compareAndSet(last, now)) {
            unsaid.incrementAndGet();
            return;
        }
        Throwable root = NestedExceptionUtils.getMostSpecificCause(exception);
        long more = unsaid.getAndSet(0);
        log.warn(
                "{}: {}{}",
                answer.detail(),
                firstLine(root),
                more == 0 ? "" : " (" + more + " more requests failed since the last such line)");
    }

    private static String firstLine(Throwable exception) {
        return String.valueOf(exception.getMessage()).lines().findFirst().orElse("");
    }
}

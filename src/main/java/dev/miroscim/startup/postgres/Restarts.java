package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts a server again whenever it ends, for as long as the program runs. */
final class Restarts implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Restarts.class);

    private static final Duration CHECK_EVERY = Duration.ofMillis(250);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    private final PostgresServer server;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread thread;

    Restarts(PostgresServer server) {
        this.server = server;
    }

    void begin() {
        thread = Thread.ofPlatform().daemon().name("embedded-postgresql").start(this::watch);
    }

    private void watch() {
        try {
            // Not all systems report the end of a process that another one has started.
            while (!closing.await(CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                String reason = reasonOfEnd();
                if (reason != null) {
                    restart(reason);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String reasonOfEnd() {
        try {
            return server.end();
        } catch (IOException e) {
            return e.toString();
        }
    }

    private void restart(String reason) throws InterruptedException {
        for (Duration pause = FIRST_PAUSE; ; pause = longer(pause)) {
            try {
                server.restart();
                log.warn("The embedded PostgreSQL ended and was started again: {}", reason);
                // Otherwise a server that ends as soon as it runs would occupy the processor and fill the log.
                pause(FIRST_PAUSE);
                return;
            } catch (IOException | RuntimeException e) {
                if (closing.getCount() == 0) {
                    return;
                }
                log.warn(
                        "The embedded PostgreSQL ended ({}) and does not start; next attempt in {} s: {}",
                        reason,
                        pause.toSeconds(),
                        oneLine(e));
                pause(pause);
            }
        }
    }

    private static String oneLine(Exception failure) {
        String said = failure instanceof DatabaseStartException ? failure.getMessage() : failure.toString();
        return said.replaceAll("\\s*\\R\\s*", " | ");
    }

    private void pause(Duration pause) throws InterruptedException {
        if (closing.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new InterruptedException("The program ends");
        }
    }

    private static Duration longer(Duration pause) {
        Duration twice = pause.multipliedBy(2);
        return twice.compareTo(LONGEST_PAUSE) < 0 ? twice : LONGEST_PAUSE;
    }

    /** Waits until no restart is under way. */
    @Override
    public void close() {
        closing.countDown();
        Thread watching = thread;
        if (watching != null) {
            watching.interrupt();
            try {
                watching.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

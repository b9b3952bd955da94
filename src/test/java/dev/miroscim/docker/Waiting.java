package dev.miroscim.docker;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waits for what other processes do, which may take long on a busy machine. */
final class Waiting {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private Waiting() {}

    static void until(String what, Callable<Boolean> condition) {
        await(what)
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(100))
                .ignoreExceptions()
                .until(condition);
    }

    static void until(String what, int least, Callable<Integer> count) {
        until(what, () -> count.call() >= least);
    }
}

package dev.miroscim.emulator.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;

/**
 * Slows down who tries passwords. After a few wrong ones, a client is not heard for a second, and after each further
 * wrong one twice as long, up to a minute. A password that is sent meanwhile is not looked at, so that guessing at once
 * on many connections gains nothing.
 *
 * <p>This instance counts for itself.
 */
final class PasswordAttempts {

    static final Duration SHORTEST_PAUSE = Duration.ofSeconds(1);
    static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** How long a client is remembered after its last wrong password. */
    static final Duration MEMORY = Duration.ofMinutes(15);

    private static final int MOST_CLIENTS = 10_000;

    private final int free;
    private final Ticker time;
    private final Cache<String, Failures> clients;

    /** @param free how many wrong passwords have no consequence */
    PasswordAttempts(int free, Ticker time) {
        this.free = free;
        this.time = time;
        this.clients = Caffeine.newBuilder()
                .expireAfterWrite(MEMORY)
                .maximumSize(MOST_CLIENTS)
                .ticker(time)
                .build();
    }

    private record Failures(int count, long heardAgain) {}

    /** How long the client is not heard; zero if it is. */
    Duration pause(String client) {
        Failures failures = clients.getIfPresent(client);
        return failures == null ? Duration.ZERO : left(failures);
    }

    /** Counts a wrong password. Returns the pause that other wrong ones had led to by then, as {@link #pause}. */
    Duration fail(String client) {
        Duration[] pause = {Duration.ZERO};
        clients.asMap().compute(client, (_, before) -> {
            if (before != null) {
                pause[0] = left(before);
            }
            return pause[0].isZero() ? after(before == null ? 1 : before.count() + 1) : before;
        });
        return pause[0];
    }

    private Duration left(Failures failures) {
        long nanos = failures.heardAgain() - time.read();
        return nanos > 0 ? Duration.ofNanos(nanos) : Duration.ZERO;
    }

    private Failures after(int count) {
        if (count < free) {
            return new Failures(count, time.read());
        }
        long seconds = SHORTEST_PAUSE.toSeconds() << Math.min(count - free, 30);
        return new Failures(count, time.read() + Math.min(seconds, LONGEST_PAUSE.toSeconds()) * 1_000_000_000);
    }
}

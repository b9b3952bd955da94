package dev.miroscim.access;

import java.time.Duration;
import java.time.Instant;

/** How much callers may use up in which time. */
public interface RateLimits {

    /**
     * What one caller may use up in every window of time.
     *
     * @param caller whoever shares it, such as {@code rest:3458764577585056871}
     * @param limit how many credits there are in a window
     */
    record Allowance(String caller, long limit, Duration window) {}

    /**
     * What is left of an allowance.
     *
     * @param granted whether the credits that were asked for were there
     * @param reset when the window ends
     */
    record Balance(boolean granted, long limit, long remaining, Instant reset) {}

    /** Whether calls are ever refused; if not, there is nothing to count. */
    boolean enforced();

    /** Uses up credits of an allowance, all of them or none. */
    Balance take(Allowance allowance, long credits);
}

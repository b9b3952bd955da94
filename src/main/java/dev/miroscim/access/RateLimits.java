package dev.miroscim.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

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
    record Balance(boolean granted, long limit, long remaining, Instant reset) {

        /**
         * As callers are told of it. Plain integers: ConductorOne's connector fails a good answer whose limit is
         * spelled {@code 200;w=60}.
         */
        public Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-RateLimit-Limit", Long.toString(limit));
            headers.put("X-RateLimit-Remaining", Long.toString(remaining));
            headers.put("X-RateLimit-Reset", Long.toString(roundedUp(reset)));
            return headers;
        }

        /** After how many seconds it makes sense to try again, for the header Retry-After. */
        public String retryAfter(Instant now) {
            return Long.toString(
                    Math.max(1, Math.ceilDiv(Duration.between(now, reset).toMillis(), 1_000L)));
        }

        /** Whoever comes back in the second in which a window ends would still be too early. */
        private static long roundedUp(Instant time) {
            return time.getEpochSecond() + (time.getNano() == 0 ? 0 : 1);
        }
    }

    /** Whether calls are ever refused; if not, there is nothing to count. */
    boolean enforced();

    /** Uses up credits of an allowance, all of them or none. */
    Balance take(Allowance allowance, long credits);
}

package dev.miroscim.access;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Limits how much callers can use per time window. */
public interface RateLimits {

    /**
     * The credits that one caller can use in each window.
     *
     * @param caller who shares them, such as {@code rest:3458764577585056871}
     * @param limit the number of credits per window
     */
    record Allowance(String caller, long limit, Duration window) {}

    /**
     * The state of an allowance after a call.
     *
     * @param granted whether there were enough credits
     * @param reset when the window ends
     */
    record Balance(boolean granted, long limit, long remaining, Instant reset) {

        /**
         * The response headers. Their values are plain integers: ConductorOne's connector treats a successful answer as
         * failed if the limit reads {@code 200;w=60}.
         */
        public Map<String, String> headers() {
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("X-RateLimit-Limit", Long.toString(limit));
            headers.put("X-RateLimit-Remaining", Long.toString(remaining));
            headers.put("X-RateLimit-Reset", Long.toString(roundedUp(reset)));
            return headers;
        }

        /** The seconds until a retry can succeed, for the header Retry-After. */
        public String retryAfter(Instant now) {
            return Long.toString(
                    Math.max(1, Math.ceilDiv(Duration.between(now, reset).toMillis(), 1_000L)));
        }

        /** Rounds up: a retry in the second in which the window ends would still be too early. */
        private static long roundedUp(Instant time) {
            return time.getEpochSecond() + (time.getNano() == 0 ? 0 : 1);
        }
    }

    /** Whether limits apply; if not, nothing is counted. */
    boolean enforced();

    /** Takes credits from an allowance, all of them or none. */
    Balance take(Allowance allowance, long credits);
}

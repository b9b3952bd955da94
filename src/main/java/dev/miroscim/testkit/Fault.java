package dev.miroscim.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An injected fault and its counts.
 *
 * @param organization the id of the organisation whose calls it acts on; null for all calls
 * @param plane {@code scim} or {@code rest}; null for both
 * @param times the number of calls that it acts on; null for no limit
 * @param remaining how many calls it will still act on; null for no limit
 * @param probability the probability that it acts on a matching call
 * @param status the status of the error
 * @param scimType the type of a SCIM error
 * @param detail the text of the error
 * @param retryAfter the header Retry-After, in seconds
 * @param delayMs how much later the call is handled or answered, in milliseconds
 * @param when {@code before} the call is handled, or {@code after}
 * @param connection {@code reset} if the connection breaks instead of an answer
 * @param expiresAt when it ends; null for never
 * @param hits how many calls it has acted on
 */
public record Fault(
        String id,
        @Nullable String organization,
        @Nullable String plane,
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer times,
        @Nullable Integer remaining,
        double probability,
        @Nullable Integer status,
        @Nullable String scimType,
        @Nullable String detail,
        @Nullable Integer retryAfter,
        @Nullable Long delayMs,
        String when,
        @Nullable String connection,
        @Nullable Instant expiresAt,
        long hits) {}

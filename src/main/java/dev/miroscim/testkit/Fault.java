package dev.miroscim.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that goes wrong, and how often it did.
 *
 * @param organization the id of the organisation whose calls it meets; null for all calls
 * @param plane {@code scim} or {@code rest}; null for both
 * @param times how often it strikes at most; null for always
 * @param remaining how often it will still strike; null for always
 * @param probability how likely it strikes a call that it meets
 * @param status the error that it answers
 * @param scimType what SCIM's error says of its kind
 * @param detail what the error says
 * @param retryAfter the header of that name, in seconds
 * @param delayMs how much later the call is handled or answered
 * @param when {@code before} the call is handled, or {@code after}
 * @param connection {@code reset} if the connection breaks in place of an answer
 * @param expiresAt when it ends; null for never
 * @param hits how often it was applied
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

package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that shall go wrong. Which calls it meets: those that all of {@code organization}, {@code plane}, {@code method}
 * and {@code path} fit, as far as they are given.
 *
 * @param id given by the server
 * @param times how often at most; null for always
 * @param remaining how often it will still strike; given by the server
 * @param probability how likely it strikes a call that it meets; always by default
 * @param status the error that it answers
 * @param scimType SCIM's name for the kind of error, or that of REST
 * @param detail what the error says
 * @param retryAfter the header of that name, in seconds
 * @param delayMs how late the call is handled, or answered
 * @param when {@code before} the call is handled, or {@code after}, when its effect has been committed
 * @param connection {@code reset} ends the connection in place of an answer
 * @param expiresIn how long it lasts, such as {@code 30s}
 * @param expiresAt when it ends
 * @param hits how often it struck; given by the server
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Fault(
        @Nullable String id,
        @Nullable String organization,
        @Nullable String plane,
        @Nullable String method,
        @Nullable String path,
        @Nullable Integer times,
        @Nullable Integer remaining,
        @Nullable Double probability,
        @Nullable Integer status,
        @Nullable String scimType,
        @Nullable String detail,
        @Nullable Integer retryAfter,
        @Nullable Long delayMs,
        @Nullable String when,
        @Nullable String connection,
        @Nullable String expiresIn,
        @Nullable Instant expiresAt,
        @Nullable Long hits) {

    /** A fault of this organisation that meets all its calls and does nothing yet. */
    public static Fault of(Organization organization) {
        return new Fault(
                null,
                organization.id(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /** Meets only calls of this method and path, such as {@code PATCH} and {@code /Groups}. */
    public Fault on(String method, String path) {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delayMs,
                when,
                connection,
                expiresIn,
                expiresAt,
                hits);
    }

    public Fault times(int times) {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delayMs,
                when,
                connection,
                expiresIn,
                expiresAt,
                hits);
    }

    public Fault probability(double probability) {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delayMs,
                when,
                connection,
                expiresIn,
                expiresAt,
                hits);
    }

    /** Answers this error in place of what would be answered. */
    public Fault answers(int status) {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delayMs,
                when,
                connection,
                expiresIn,
                expiresAt,
                hits);
    }

    public Fault retryAfter(Duration wait) {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                Math.toIntExact(wait.toSeconds()),
                delayMs,
                when,
                connection,
                expiresIn,
                expiresAt,
                hits);
    }

    public Fault delays(Duration delay) {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delay.toMillis(),
                when,
                connection,
                expiresIn,
                expiresAt,
                hits);
    }

    /** Strikes when the effect of the call has been committed. */
    public Fault afterwards() {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delayMs,
                "after",
                connection,
                expiresIn,
                expiresAt,
                hits);
    }

    /** Ends the connection in place of an answer. */
    public Fault resetsConnection() {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delayMs,
                when,
                "reset",
                expiresIn,
                expiresAt,
                hits);
    }

    /** Ends by itself. */
    public Fault expiresIn(Duration time) {
        return new Fault(
                id,
                organization,
                plane,
                method,
                path,
                times,
                remaining,
                probability,
                status,
                scimType,
                detail,
                retryAfter,
                delayMs,
                when,
                connection,
                time.toMillis() + "ms",
                expiresAt,
                hits);
    }
}

package dev.miroscim.emulator.faults;

import dev.miroscim.access.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * Something that shall go wrong.
 *
 * @param organizationId the organisation whose calls it meets; null for all calls, also those that nobody is let in
 *     with
 * @param plane null for both
 * @param methods none for all
 * @param path a pattern; null for all paths
 * @param remaining how often it will still strike; null for always
 * @param probability how likely it strikes a call that it meets
 * @param delay how much later a call is handled or answered
 * @param ending what the caller gets in place of the answer; null if it gets the answer
 * @param afterTheCall whether it strikes when the call has been handled, and its effect committed
 * @param expiresAt when it ends; null for never
 * @param hits how often it was applied
 */
record InjectedFault(
        long id,
        @Nullable Long organizationId,
        @Nullable TokenKind plane,
        List<String> methods,
        @Nullable String path,
        @Nullable Integer remaining,
        double probability,
        Duration delay,
        @Nullable Ending ending,
        boolean afterTheCall,
        @Nullable Instant expiresAt,
        long hits) {

    /** How a call ends that a fault does not let end by itself. */
    sealed interface Ending {}

    /**
     * An error, in the words of the plane.
     *
     * @param scimType null for what the plane says by itself
     * @param detail null for what the plane says by itself
     * @param retryAfter seconds
     */
    record InjectedError(
            HttpStatus status,
            @Nullable String scimType,
            @Nullable String detail,
            @Nullable Integer retryAfter) implements Ending {}

    /** No answer: the connection breaks. */
    record BrokenConnection() implements Ending {}

    /** Whether calls of this method and organisation on this plane are meant, on whatever path. */
    boolean matches(TokenKind calledPlane, String method, @Nullable Long callersOrganization) {
        return (organizationId == null || organizationId.equals(callersOrganization))
                && (plane == null || plane == calledPlane)
                && (methods.isEmpty() || methods.contains(method));
    }
}

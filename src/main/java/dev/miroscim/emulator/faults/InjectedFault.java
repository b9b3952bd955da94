package dev.miroscim.emulator.faults;

import dev.miroscim.access.TokenKind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * A fault that acts on calls.
 *
 * @param organizationId the organisation whose calls it acts on; null for all calls, including those without a valid
 *     token
 * @param plane null for both
 * @param methods empty for all
 * @param path a pattern; null for all paths
 * @param remaining how many calls it will still act on; null for no limit
 * @param probability the probability that it acts on a matching call
 * @param delay how much later a call is handled or answered
 * @param ending what the caller gets instead of the answer; null if the caller gets the answer
 * @param afterTheCall whether it acts after the call was handled and its effect committed
 * @param expiresAt when it ends; null for never
 * @param hits how many calls it has acted on
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

    /** What the caller gets instead of the real answer. */
    sealed interface Ending {}

    /**
     * An error in the plane's format.
     *
     * @param scimType null for the plane's default
     * @param detail null for the plane's default
     * @param retryAfter seconds
     */
    record InjectedError(
            HttpStatus status,
            @Nullable String scimType,
            @Nullable String detail,
            @Nullable Integer retryAfter) implements Ending {}

    /** A broken connection instead of an answer. */
    record BrokenConnection() implements Ending {}

    /** Whether the fault acts on calls of this plane, method and organisation, whatever their path. */
    boolean matches(TokenKind calledPlane, String method, @Nullable Long callersOrganization) {
        return (organizationId == null || organizationId.equals(callersOrganization))
                && (plane == null || plane == calledPlane)
                && (methods.isEmpty() || methods.contains(method));
    }
}

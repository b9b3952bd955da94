package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Something that shall go wrong. Every method returns a new one that says more: which calls are met, and what happens
 * to them.
 *
 * <pre>{@code
 * miro.inject(NewFault.of(acme).on("PATCH", "/Groups").times(3).answers(429).retryAfter(Duration.ofSeconds(2)));
 * miro.inject(NewFault.of(acme).on("POST", "/Users").times(1).resetsConnection().afterwards());
 * }</pre>
 */
public final class NewFault {

    private final Map<String, Object> members;

    private NewFault(Map<String, Object> members) {
        this.members = members;
    }

    /** Meets the calls with a token of this organisation. */
    public static NewFault of(Organization organization) {
        return ofEverybody().with("organization", organization.id());
    }

    /** Meets all calls, also those that have no token. */
    public static NewFault ofEverybody() {
        return new NewFault(Map.of());
    }

    /** Meets only calls of this plane: {@code scim} or {@code rest}. */
    public NewFault plane(String plane) {
        return with("plane", plane);
    }

    /** Meets only calls of this method. */
    public NewFault method(String method) {
        return with("method", method);
    }

    /** Meets only calls of this path and all below it; with {@code *} for any step, only such paths. */
    public NewFault path(String path) {
        return with("path", path);
    }

    /** Meets only calls of this method and path, such as {@code PATCH} and {@code /Groups}. */
    public NewFault on(String method, String path) {
        return method(method).path(path);
    }

    /** Strikes so often and no more. */
    public NewFault times(int times) {
        return with("times", times);
    }

    /** Strikes a call that it meets only now and then, at 0.1 every tenth. */
    public NewFault probability(double probability) {
        return with("probability", probability);
    }

    /** Answers this error in place of what would be answered. */
    public NewFault answers(int status) {
        return with("status", status);
    }

    /** What the error of SCIM says of its kind; the errors of REST have a name of their own for each status. */
    public NewFault scimType(String scimType) {
        return with("scimType", scimType);
    }

    /** What the error says. */
    public NewFault detail(String detail) {
        return with("detail", detail);
    }

    /** The header of that name beside the error. */
    public NewFault retryAfter(Duration wait) {
        return with("retryAfter", wait.toSeconds());
    }

    /** Handles the call later, or answers it later if it strikes {@link #afterwards()}. */
    public NewFault delays(Duration delay) {
        return with("delayMs", delay.toMillis());
    }

    /** Breaks the connection in place of an answer. */
    public NewFault resetsConnection() {
        return with("connection", "reset");
    }

    /** Strikes only when the call has been handled, and its effect committed. */
    public NewFault afterwards() {
        return with("when", "after");
    }

    /** Ends by itself after this time. */
    public NewFault expiresIn(Duration time) {
        return with("expiresIn", time.toMillis() + "ms");
    }

    /** Ends by itself at this time, as the clock of the emulator has it. */
    public NewFault expiresAt(Instant time) {
        return with("expiresAt", time.toString());
    }

    @JsonValue
    Map<String, Object> members() {
        return members;
    }

    private NewFault with(String member, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(members);
        more.put(member, value);
        return new NewFault(more);
    }
}

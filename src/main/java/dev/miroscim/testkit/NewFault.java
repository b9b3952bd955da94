package dev.miroscim.testkit;

import com.fasterxml.jackson.annotation.JsonValue;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A fault to be injected. Every method returns a new fault with one more detail: which calls it acts on, or what it does
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

    /** A fault for calls with a token of this organisation. */
    public static NewFault of(Organization organization) {
        return ofEverybody().with("organization", organization.id());
    }

    /** A fault for all calls, including those without a token. */
    public static NewFault ofEverybody() {
        return new NewFault(Map.of());
    }

    /** Acts only on calls of this API: {@code scim} or {@code rest}. */
    public NewFault plane(String plane) {
        return with("plane", plane);
    }

    /** Acts only on calls with this method. */
    public NewFault method(String method) {
        return with("method", method);
    }

    /**
     * Acts only on calls of this path and everything below it. In a path with {@code *}, which matches any segment,
     * only on exactly such paths.
     */
    public NewFault path(String path) {
        return with("path", path);
    }

    /** Acts only on calls with this method and path, such as {@code PATCH} and {@code /Groups}. */
    public NewFault on(String method, String path) {
        return method(method).path(path);
    }

    /** Acts on at most this many calls. */
    public NewFault times(int times) {
        return with("times", times);
    }

    /** Acts on a matching call only with this probability, such as 0.1 for one in ten. */
    public NewFault probability(double probability) {
        return with("probability", probability);
    }

    /** Answers with this error instead of the real answer. */
    public NewFault answers(int status) {
        return with("status", status);
    }

    /** Sets the type of a SCIM error; REST errors have a fixed code for each status. */
    public NewFault scimType(String scimType) {
        return with("scimType", scimType);
    }

    /** Sets the text of the error. */
    public NewFault detail(String detail) {
        return with("detail", detail);
    }

    /** Sets the header Retry-After of the error. */
    public NewFault retryAfter(Duration wait) {
        return with("retryAfter", wait.toSeconds());
    }

    /** Delays the handling of the call, or its answer if the fault acts {@link #afterwards()}. */
    public NewFault delays(Duration delay) {
        return with("delayMs", delay.toMillis());
    }

    /** Breaks the connection instead of answering. */
    public NewFault resetsConnection() {
        return with("connection", "reset");
    }

    /** Acts only after the call was handled and its effect committed. */
    public NewFault afterwards() {
        return with("when", "after");
    }

    /** Ends after this time. */
    public NewFault expiresIn(Duration time) {
        return with("expiresIn", time.toMillis() + "ms");
    }

    /** Ends at this time, by the emulator's clock. */
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

package dev.miroscim.testkit;

import java.time.Duration;
import java.time.Instant;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** A query of the journal. Every method returns a new query with one more restriction. */
public final class JournalQuery {

    private final MultiValueMap<String, String> parameters;

    private JournalQuery(MultiValueMap<String, String> parameters) {
        this.parameters = parameters;
    }

    /** All calls. */
    public static JournalQuery all() {
        return new JournalQuery(new LinkedMultiValueMap<>());
    }

    /** The calls with a token of this organisation. */
    public static JournalQuery of(Organization organization) {
        return all().with("organization", organization.id());
    }

    /** Only calls of this API, {@code scim} or {@code rest}. */
    public JournalQuery plane(String plane) {
        return with("plane", plane);
    }

    public JournalQuery method(String method) {
        return with("method", method);
    }

    /**
     * Only calls of a path and everything below it, such as {@code /Groups}. In a path with {@code *}, which matches
     * any segment, only exactly such paths.
     */
    public JournalQuery path(String path) {
        return with("path", path);
    }

    /** Only calls with a status such as {@code 409} or {@code 4xx}. */
    public JournalQuery status(String status) {
        return with("status", status);
    }

    /** Only calls that this rule acted on. */
    public JournalQuery rule(String rule) {
        return with("rule", rule);
    }

    /** Only calls whose answer has this {@code X-Request-Id}. */
    public JournalQuery requestId(String requestId) {
        return with("requestId", requestId);
    }

    public JournalQuery since(Instant time) {
        return with("since", time.toString());
    }

    /** Only calls that were recorded after {@code call}. */
    public JournalQuery after(Call call) {
        return with("since", call.id());
    }

    /** At most this many calls; 100 by default. */
    public JournalQuery limit(int limit) {
        return with("limit", Integer.toString(limit));
    }

    /** Waits for this many calls, at most five seconds. */
    public JournalQuery until(int count) {
        return until(count, Duration.ofSeconds(5));
    }

    /** Waits for this many calls, at most {@code timeout}. */
    public JournalQuery until(int count, Duration timeout) {
        return with("until", "count:" + count).with("timeout", timeout.toMillis() + "ms");
    }

    MultiValueMap<String, String> parameters() {
        return parameters;
    }

    private JournalQuery with(String name, String value) {
        MultiValueMap<String, String> more = new LinkedMultiValueMap<>(parameters);
        more.set(name, value);
        return new JournalQuery(more);
    }
}

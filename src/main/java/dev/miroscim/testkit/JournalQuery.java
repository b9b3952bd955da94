package dev.miroscim.testkit;

import java.time.Duration;
import java.time.Instant;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/** Which calls of the journal are meant; every method narrows it, and returns a new query. */
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

    /** {@code scim} or {@code rest}. */
    public JournalQuery plane(String plane) {
        return with("plane", plane);
    }

    public JournalQuery method(String method) {
        return with("method", method);
    }

    /** A path and everything below it, such as {@code /Groups}; with {@code *} for any step, exactly such paths. */
    public JournalQuery path(String path) {
        return with("path", path);
    }

    /** A status, such as {@code 409} or {@code 4xx}. */
    public JournalQuery status(String status) {
        return with("status", status);
    }

    /** The calls that this rule acted on. */
    public JournalQuery rule(String rule) {
        return with("rule", rule);
    }

    public JournalQuery since(Instant time) {
        return with("since", time.toString());
    }

    /** The calls that were written down after {@code call}. */
    public JournalQuery after(Call call) {
        return with("since", call.id());
    }

    /** At most so many; 100 by default. */
    public JournalQuery limit(int limit) {
        return with("limit", Integer.toString(limit));
    }

    /** Waits until there are so many, but no longer than five seconds. */
    public JournalQuery until(int count) {
        return until(count, Duration.ofSeconds(5));
    }

    /** Waits until there are so many, but no longer than {@code timeout}. */
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

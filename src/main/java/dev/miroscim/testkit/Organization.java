package dev.miroscim.testkit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An organisation.
 *
 * @param universe the label or number of the universe whose e-mail addresses it shares
 * @param scimToken null except in the answer that created the organisation
 * @param restToken null except in the answer that created the organisation
 */
public record Organization(
        String id,
        String name,
        String universe,
        String scimUrl,
        @Nullable String scimToken,
        String restUrl,
        @Nullable String restToken,
        Map<String, Object> settings,
        Instant createdAt) {

    @Override
    public String toString() {
        return "Organization[id=%s, name=%s]".formatted(id, name);
    }
}

package dev.miroscim.testkit;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An organisation.
 *
 * @param universe what it shares with the organisations that it shares e-mail addresses with: a label or a number
 * @param scimToken only the answer that made the organisation has it
 * @param restToken only the answer that made the organisation has it
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

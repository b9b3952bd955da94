package dev.miroscim.testkit;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token of an organisation.
 *
 * @param kind {@code scim} or {@code rest}
 * @param prefix its first characters, by which its owner recognises it
 * @param token null except in the answer that generated the token
 */
public record Token(
        String id, String kind, String prefix, @Nullable String token, Instant createdAt) {

    @Override
    public String toString() {
        return "Token[id=%s, kind=%s, prefix=%s]".formatted(id, kind, prefix);
    }
}

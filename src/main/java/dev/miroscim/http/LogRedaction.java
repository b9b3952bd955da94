package dev.miroscim.http;

import org.jspecify.annotations.Nullable;

/** Removes secrets from what clients sent, before it is logged. */
@FunctionalInterface
public interface LogRedaction {

    /** @param token what the caller sent to be let in */
    String withoutSecrets(String text, @Nullable String token);
}

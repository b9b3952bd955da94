package dev.miroscim.emulator;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * What the first start makes, as far as it is decided by settings. {@code application.yml} describes them, along with
 * those that other modules read.
 *
 * @param scimToken opens SCIM for the first organisation
 * @param restToken opens the REST API for the first organisation
 * @param adminPassword opens the console and the control API
 * @param seed a file with organisations in place of the built-in one
 */
@ConfigurationProperties("miro")
public record MiroProperties(
        @Nullable String scimToken,
        @Nullable String restToken,
        @Nullable String adminPassword,
        @Nullable Path seed) {

    /**
     * A variable that is set to nothing, as {@code docker compose} passes on what its caller did not set, is not set.
     */
    public MiroProperties {
        scimToken = textOrNull(scimToken);
        restToken = textOrNull(restToken);
        adminPassword = textOrNull(adminPassword);
        seed = seed == null || seed.toString().isBlank() ? null : seed;
    }

    private static @Nullable String textOrNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}

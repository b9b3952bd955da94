package dev.miroscim.emulator;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Settings for the first start. {@code application.yml} describes them, together with those of other modules.
 *
 * @param scimToken the SCIM token of the first organisation
 * @param restToken the REST token of the first organisation
 * @param adminPassword the password of the control API
 * @param seed a file with organisations instead of the built-in one
 */
@ConfigurationProperties("miro")
public record MiroProperties(
        @Nullable String scimToken,
        @Nullable String restToken,
        @Nullable String adminPassword,
        @Nullable Path seed) {

    /**
     * Treats blank values as absent: {@code docker compose} passes variables that its caller did not set as empty ones.
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

package dev.miroscim.emulator;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What opens the first organisation: as configured, or random in this run. */
@Component
public class InitialSecrets {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int TOKEN_LENGTH = 64;
    private static final int PASSWORD_LENGTH = 24;

    private final Secret scimToken;
    private final Secret restToken;
    private final Secret adminPassword;

    InitialSecrets(MiroProperties properties) {
        scimToken = Secret.of(properties.scimToken(), TOKEN_LENGTH);
        restToken = Secret.of(properties.restToken(), TOKEN_LENGTH);
        adminPassword = Secret.of(properties.adminPassword(), PASSWORD_LENGTH);
    }

    public Secret scimToken() {
        return scimToken;
    }

    public Secret restToken() {
        return restToken;
    }

    public Secret adminPassword() {
        return adminPassword;
    }

    /**
     * A secret that nobody prints by accident.
     *
     * @param generated whether nobody knows it yet, so that it has to be shown to whoever started the program
     */
    public record Secret(String value, boolean generated) {

        private static final SecureRandom RANDOM = new SecureRandom();

        private static Secret of(@Nullable String configured, int length) {
            return configured != null
                    ? new Secret(configured, false)
                    : new Secret(
                            RANDOM.ints(length, 0, ALPHABET.length())
                                    .mapToObj(index -> ALPHABET.substring(index, index + 1))
                                    .collect(Collectors.joining()),
                            true);
        }

        @Override
        public String toString() {
            return generated ? "generated" : "configured";
        }
    }
}

package dev.miroscim.emulator;

import java.security.SecureRandom;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** The password of the control API: the configured one, or a random one for this run. */
@Component
public class AdminPassword {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 24;

    private final Secret secret;

    AdminPassword(MiroProperties properties) {
        secret = properties.adminPassword() != null
                ? new Secret(Secret.Origin.CONFIGURED, properties.adminPassword())
                : new Secret(Secret.Origin.GENERATED, random());
    }

    public Secret secret() {
        return secret;
    }

    private static String random() {
        return new SecureRandom()
                .ints(LENGTH, 0, ALPHABET.length())
                .mapToObj(index -> ALPHABET.substring(index, index + 1))
                .collect(Collectors.joining());
    }
}

package dev.miroscim.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The SHA-256 of a token. Tokens are random and long, so that a salt or a slow hash would add nothing but cost.
 */
record TokenDigest(String hex) {

    static TokenDigest of(String token) {
        try {
            return new TokenDigest(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(token.getBytes(UTF_8))));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** Compares in a time that does not tell how much is equal. */
    boolean isOf(byte[] sha256) {
        return MessageDigest.isEqual(bytes(), sha256);
    }
}

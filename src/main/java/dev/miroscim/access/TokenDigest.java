package dev.miroscim.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 hash of a token. Tokens are long and random, so a salt or a slow hash would only add cost. */
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

    /** Compares in constant time, so that the duration does not reveal how much matches. */
    boolean isOf(byte[] sha256) {
        return MessageDigest.isEqual(bytes(), sha256);
    }
}

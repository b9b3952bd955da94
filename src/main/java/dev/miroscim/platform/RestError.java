package dev.miroscim.platform;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * What a client reads of an error.
 *
 * @param code the status in one word, such as {@code notFound}
 * @param message for a person to read
 */
@JsonPropertyOrder({"status", "code", "message", "type"})
record RestError(int status, String code, String message, String type) {

    /** A client that sent something huge need not read it again. */
    private static final int LONGEST_MESSAGE = 1_000;

    static RestError of(int status, String code, String message) {
        return new RestError(
                status,
                code,
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…",
                "error");
    }
}

package dev.miroscim.scim.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/**
 * The body for a method that an endpoint does not have. Unlike all other errors, Miro does not send it in SCIM's
 * format.
 */
record MethodNotAllowed(Error error) {

    @JsonPropertyOrder({"message", "reason", "code"})
    record Error(String message, String reason, int code) {}

    static MethodNotAllowed of(String message) {
        return new MethodNotAllowed(new Error(message, "methodNotAllowed", 405));
    }
}

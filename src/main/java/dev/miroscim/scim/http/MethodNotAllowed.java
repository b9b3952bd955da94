package dev.miroscim.scim.http;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** What a client reads where an endpoint does not have a method. It is no error of SCIM, unlike all others. */
record MethodNotAllowed(Error error) {

    @JsonPropertyOrder({"message", "reason", "code"})
    record Error(String message, String reason, int code) {}

    static MethodNotAllowed of(String message) {
        return new MethodNotAllowed(new Error(message, "methodNotAllowed", 405));
    }
}

package dev.miroscim.scim.http;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/**
 * How a request is answered that did not go well.
 *
 * @param scimType SCIM's name for the kind of error, which only 400 has
 * @param headers what the status asks for besides the body, such as Allow
 */
record Fault(HttpStatus status, @Nullable String scimType, String detail, Map<String, String> headers) {

    static Fault of(HttpStatus status, String detail) {
        return new Fault(status, null, detail, Map.of());
    }

    static Fault of(HttpStatus status, @Nullable String scimType, String detail) {
        return new Fault(status, scimType, detail, Map.of());
    }

    Fault with(String header, String value) {
        return new Fault(status, scimType, detail, Map.of(header, value));
    }
}

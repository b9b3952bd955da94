package dev.miroscim.scim.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The body of an error, with its fields in Miro's order.
 *
 * @param status the HTTP status as a string, because Okta's tests compare it with one
 * @param detail an explanation for people
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonPropertyOrder({"schemas", "status", "scimType", "detail"})
record ScimError(
        List<String> schemas, String status, @Nullable String scimType, String detail) {

    private static final List<String> SCHEMAS = List.of("urn:ietf:params:scim:api:messages:2.0:Error");

    /** Keeps an answer short when its detail quotes a huge value. */
    private static final int LONGEST_DETAIL = 1_000;

    static ScimError of(int status, @Nullable String scimType, String detail) {
        return new ScimError(SCHEMAS, Integer.toString(status), scimType, shortened(detail));
    }

    private static String shortened(String detail) {
        return detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL) + "…";
    }
}

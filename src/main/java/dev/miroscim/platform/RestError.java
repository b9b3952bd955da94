package dev.miroscim.platform;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.http.ApiError;
import org.springframework.http.HttpStatus;

/**
 * The body of an error.
 *
 * @param code the status in one word, such as {@code notFound}, or what is wrong with the request or its token
 * @param message an explanation for people
 */
@JsonPropertyOrder({"status", "code", "message", "type"})
record RestError(int status, String code, String message, String type) {

    /** Keeps an answer short when its message quotes a huge value. */
    private static final int LONGEST_MESSAGE = 1_000;

    static RestError of(ApiError error) {
        String message = error.detail();
        return new RestError(
                error.status().value(),
                code(error),
                message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE) + "…",
                "error");
    }

    private static String code(ApiError error) {
        return switch (error.status()) {
            case BAD_REQUEST -> ApiError.INVALID_VALUE.equals(error.kind()) ? "invalidParameters" : "badRequest";
            case FORBIDDEN -> "insufficientPermissions";
            default -> words(error.status());
        };
    }

    private static String words(HttpStatus status) {
        String[] words = status.name().toLowerCase().split("_");
        StringBuilder code = new StringBuilder(words[0]);
        for (int i = 1; i < words.length; i++) {
            code.append(Character.toUpperCase(words[i].charAt(0))).append(words[i].substring(1));
        }
        return code.toString();
    }
}

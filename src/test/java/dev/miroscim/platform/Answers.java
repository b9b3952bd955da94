package dev.miroscim.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.ScimClient.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What tests of REST ask of every answer. */
final class Answers {

    private static final JsonMapper JSON = new JsonMapper();

    private Answers() {}

    static JsonNode json(String text) {
        return JSON.readTree(text);
    }

    /** What a good answer holds. */
    static JsonNode ok(Answer answer, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertRateLimits(answer);
        if (status == 204) {
            assertThat(answer.text()).isEmpty();
        } else {
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        }
        return answer.body();
    }

    /** That an error is in Miro's words, with those members and no others. */
    static JsonNode error(Answer answer, int status, String code) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertRateLimits(answer);
        JsonNode error = answer.body();
        assertThat(error.propertyNames()).containsExactly("status", "code", "message", "type");
        assertThat(error.path("status").intValue()).isEqualTo(status);
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).isNotBlank();
        assertThat(error.path("type").stringValue()).isEqualTo("error");
        return error;
    }

    /** As ConductorOne's connector reads them: plain integers, the reset in seconds since 1970. */
    static void assertRateLimits(Answer answer) {
        for (String name : List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")) {
            assertThat(answer.headers().allValues(name))
                    .as(name)
                    .singleElement()
                    .asString()
                    .matches("[0-9]{1,12}");
        }
    }

    /** A member of every item of a page. */
    static List<String> each(JsonNode page, String name) {
        return page.path("data")
                .valueStream()
                .map(item -> item.path(name).stringValue())
                .toList();
    }
}

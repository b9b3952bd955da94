package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The many ways in which identity providers say the same, each with what it comes to. The files in {@code idp/dialects}
 * group them by the outcome.
 */
@MiroScimTest
@TestInstance(Lifecycle.PER_CLASS)
class DialectTest {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /** Queries change nothing, so that all are asked of one organisation. */
    private @Nullable Stage queried;

    @Autowired
    ApplicationContext context;

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void user(Saying saying) {
        Stage stage = stage(saying);
        String path = stage.filled("/Users/{" + saying.outcome().path("on").asString("jane") + "}");

        ScimClient.Answer answer = stage.scim().patchWith(path, operations(stage, saying));

        check(stage, saying, answer, 200);
        expect(stage, saying.outcome().get("shows"), stage.scim().get(path).body());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void group(Saying saying) {
        Stage stage = stage(saying);
        String path = stage.filled("/Groups/{design}");

        ScimClient.Answer answer = stage.scim().patchWith(path, operations(stage, saying));

        check(stage, saying, answer, 200);
        expect(stage, saying.outcome().get("shows"), stage.scim().get(path).body());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void creation(Saying saying) {
        Stage stage = stage(saying);

        ScimClient.Answer answer =
                stage.scim().post("/Users", filled(stage, saying.asked().toString()));

        check(stage, saying, answer, 201);
        if (answer.status() == 201) {
            String id = answer.body().get("id").stringValue();
            assertThat(answer.header("Location")).endsWith("/Users/" + id);
            expect(stage, saying.outcome().get("shows"), answer.body());
            assertThat(stage.scim().get("/Users/" + id).text()).isEqualTo(answer.text());
        } else {
            assertThat(stage.scim().get("/Users").body().get("totalResults").intValue())
                    .isEqualTo(7);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void query(Saying saying) {
        Stage stage = queried == null ? stage(saying) : queried;
        queried = stage;

        ScimClient.Answer answer = stage.scim().get(filled(stage, saying.asked().stringValue()));

        assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(saying.outcome().path("status").asInt(200));
        ScimBody.check(answer.status(), answer.header("Content-Type"), answer.text());
        if (answer.status() == 200) {
            JsonNode finds = JsonMapper.shared()
                    .readTree(stage.filled(saying.outcome().get("finds").toString()));
            assertThat(answer.resources().stream().map(found -> found.get("id").stringValue()))
                    .containsExactlyElementsOf(
                            finds.valueStream().map(JsonNode::stringValue).toList());
            assertThat(answer.body().get("totalResults").intValue()).isEqualTo(finds.size());
        } else {
            assertThat(answer.body().get("scimType").stringValue()).isEqualTo("invalidFilter");
        }
    }

    static Stream<Saying> user() {
        return Saying.all("users");
    }

    static Stream<Saying> group() {
        return Saying.all("groups");
    }

    static Stream<Saying> creation() {
        return Saying.all("creations");
    }

    static Stream<Saying> query() {
        return Saying.all("queries");
    }

    /**
     * One way to ask for something.
     *
     * @param outcome what has to come of it, and of others like it
     */
    record Saying(JsonNode outcome, JsonNode asked) {

        static Stream<Saying> all(String file) {
            return Recorded.read("dialects/" + file)
                    .valueStream()
                    .flatMap(outcome -> Recorded.inBothModels(outcome, file.equals("groups") ? "PATCH /Groups" : ""))
                    .flatMap(outcome -> outcome.get("asked").valueStream().map(asked -> new Saying(outcome, asked)));
        }

        @Override
        public String toString() {
            String model = outcome.at("/given/groupModel").isMissingNode() ? "" : ", in user groups";
            return outcome.get("what").stringValue() + ": " + asked + model;
        }
    }

    private Stage stage(Saying saying) {
        JsonNode settings = saying.outcome().path("given");
        return Stage.set(context, settings.isObject() ? settings.toString() : "{}");
    }

    private static String operations(Stage stage, Saying saying) {
        String operations = filled(stage, saying.asked().toString());
        return saying.asked().isArray() ? operations.substring(1, operations.length() - 1) : operations;
    }

    private static String filled(Stage stage, String text) {
        return stage.filled(text)
                .replace("{user}", USER)
                .replace("{enterprise}", ENTERPRISE)
                .replace("{unknown}", Stage.UNKNOWN);
    }

    private static void check(Stage stage, Saying saying, ScimClient.Answer answer, int otherwise) {
        JsonNode outcome = saying.outcome();
        assertThat(answer.status())
                .as(answer.text())
                .isEqualTo(outcome.path("status").asInt(otherwise));
        ScimBody.check(answer.status(), answer.header("Content-Type"), answer.text());
        if (!outcome.path("rules").isString()) {
            List<String> rules = outcome.path("rules")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .toList();
            assertThat(answer.rules()).containsExactlyInAnyOrderElementsOf(rules);
        }
        if (outcome.has("answers")) {
            expect(stage, outcome.get("answers"), answer.body());
        }
    }

    private static void expect(Stage stage, JsonNode part, JsonNode actual) {
        assertThat(Part.difference(JsonMapper.shared().readTree(filled(stage, part.toString())), actual))
                .as(actual.toString())
                .isEmpty();
    }
}

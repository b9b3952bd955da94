package dev.miroscim;

import dev.miroscim.directory.MiroRule;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.assertj.core.api.AbstractAssert;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What tests say of an answer of SCIM. */
public final class AnswerAssert extends AbstractAssert<AnswerAssert, ScimClient.Answer> {

    private static final List<String> ERROR = List.of("schemas", "status", "scimType", "detail");

    private AnswerAssert(ScimClient.Answer answer) {
        super(answer, AnswerAssert.class);
    }

    public static AnswerAssert assertThat(ScimClient.Answer answer) {
        return new AnswerAssert(answer);
    }

    public AnswerAssert hasStatus(int status) {
        Assertions.assertThat(actual.status()).as(actual.text()).isEqualTo(status);
        return this;
    }

    /** These rules acted and no others. */
    public AnswerAssert hasRules(MiroRule... rules) {
        Assertions.assertThat(actual.rules())
                .as(actual.text())
                .containsExactlyInAnyOrder(
                        Arrays.stream(rules).map(MiroRule::id).toArray(String[]::new));
        return this;
    }

    /** These rules acted, others perhaps too. */
    public AnswerAssert namesRules(MiroRule... rules) {
        Assertions.assertThat(actual.rules())
                .as(actual.text())
                .contains(Arrays.stream(rules).map(MiroRule::id).toArray(String[]::new));
        return this;
    }

    public AnswerAssert hasNoRules() {
        return hasRules();
    }

    /** A 200 or 201 whose attribute, as a JSON pointer, is this text. */
    public AnswerAssert says(String pointer, @Nullable String value) {
        Assertions.assertThat(actual.status()).as(actual.text()).isIn(200, 201);
        JsonNode node = actual.body().at(pointer);
        Assertions.assertThat(node.isMissingNode() ? null : node.asString())
                .as("%s of %s", pointer, actual.text())
                .isEqualTo(value);
        return this;
    }

    /** An error without a scimType, as all but those of 400 are. */
    public AnswerAssert isError(int status, String detail) {
        return isError(status, null, detail);
    }

    public AnswerAssert isError(int status, @Nullable String scimType, String detail) {
        hasStatus(status);
        Assertions.assertThat(actual.header("Content-Type")).startsWith("application/scim+json");
        JsonNode body = actual.body();
        Assertions.assertThat(body.path("schemas").toString())
                .isEqualTo("[\"urn:ietf:params:scim:api:messages:2.0:Error\"]");
        Assertions.assertThat(body.path("status").isString()).as(actual.text()).isTrue();
        Assertions.assertThat(body.path("status").asString()).isEqualTo(Integer.toString(status));
        Assertions.assertThat(
                        body.path("scimType").isMissingNode()
                                ? null
                                : body.path("scimType").asString())
                .as(actual.text())
                .isEqualTo(scimType);
        Assertions.assertThat(body.path("detail").asString()).isEqualTo(detail);
        Assertions.assertThat(StreamSupport.stream(body.propertyNames().spliterator(), false)
                        .toList())
                .as("order of %s", actual.text())
                .isEqualTo(ERROR.stream().filter(body::has).toList());
        return this;
    }
}

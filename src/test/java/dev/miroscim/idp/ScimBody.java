package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What every answer of SCIM has to look like, whatever was asked. */
final class ScimBody {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ID = "[1-9][0-9]{0,18}";
    private static final Set<String> MEDIA_TYPES = Set.of("application/scim+json", "application/json");
    private static final String ERROR = "urn:ietf:params:scim:api:messages:2.0:Error";
    private static final String LIST = "urn:ietf:params:scim:api:messages:2.0:ListResponse";
    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";

    private ScimBody() {}

    /** Fails if the answer is not one that SCIM clients can read. */
    static void check(int status, @Nullable String contentType, String body) {
        if (status == 204) {
            assertThat(body).isEmpty();
            return;
        }
        assertThat(MEDIA_TYPES).contains(Objects.requireNonNull(contentType).split(";")[0]);
        JsonNode json = JSON.readTree(body);
        assertThat(json.isObject()).as("an object: %s", body).isTrue();
        noNulls(json);
        if (status == 405) {
            methodNotAllowed(contentType, body);
        } else if (status >= 400) {
            error(status, json);
        } else {
            message(json);
        }
    }

    private static void message(JsonNode json) {
        List<String> schemas = schemas(json);
        if (schemas.contains(LIST)) {
            list(json);
        } else if (schemas.contains(USER)) {
            user(json);
        } else if (schemas.contains(GROUP)) {
            group(json);
        }
    }

    /** Which Miro answers in a form of its own. */
    private static void methodNotAllowed(String contentType, String body) {
        assertThat(contentType).isEqualTo("application/json");
        assertThat(body)
                .isEqualTo("{\"error\":{\"message\":\"Endpoint is found, but this method is not allowed\","
                        + "\"reason\":\"methodNotAllowed\",\"code\":405}}");
    }

    private static void error(int status, JsonNode json) {
        assertThat(schemas(json)).containsExactly(ERROR);
        assertThat(json.get("status").stringValue()).isEqualTo(Integer.toString(status));
        assertThat(json.get("detail").stringValue()).isNotBlank();
        assertThat(status == 400 || !json.has("scimType"))
                .as("scimType only with 400: %s", json)
                .isTrue();
    }

    private static void list(JsonNode json) {
        assertThat(json.get("totalResults").isIntegralNumber()).isTrue();
        if (!json.has("Resources")) {
            assertThat(json.propertyNames()).containsExactly("schemas", "totalResults"); // as of count=0
            return;
        }
        assertThat(json.get("Resources").isArray()).isTrue();
        if (json.has("startIndex") || json.has("itemsPerPage")) {
            assertThat(json.get("startIndex").isIntegralNumber()).isTrue();
            assertThat(json.get("itemsPerPage").intValue())
                    .isEqualTo(json.get("Resources").size());
        }
        json.get("Resources").forEach(ScimBody::message);
    }

    /** Parts may be left out by a projection, and those that are there are checked. */
    private static void user(JsonNode json) {
        assertThat(json.get("id").stringValue()).matches(ID);
        assertThat(json.path("active").isBoolean() || !json.has("active")).isTrue();
        for (String multiValued : List.of("emails", "photos", "groups", "roles")) {
            objects(json, multiValued);
        }
        JsonNode manager = json.path("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                .path("manager");
        assertThat(manager.isObject() || manager.isMissingNode()).isTrue();
        if (json.has("emails") && json.has("userName")) {
            assertThat(json.at("/emails/0/value")).isEqualTo(json.get("userName"));
        }
    }

    private static void group(JsonNode json) {
        assertThat(json.get("id").stringValue()).matches(ID);
        objects(json, "members");
        assertThat(json.path("members").valueStream().filter(member -> member.has("value")))
                .doesNotHaveDuplicates();
    }

    private static void objects(JsonNode json, String name) {
        if (json.has(name)) {
            assertThat(json.get(name).isArray()).isTrue();
            assertThat(json.get(name)).allMatch(JsonNode::isObject);
        }
    }

    private static List<String> schemas(JsonNode json) {
        List<String> schemas =
                json.path("schemas").valueStream().map(JsonNode::stringValue).toList();
        assertThat(schemas).as("schemas of %s", json).isNotEmpty();
        return schemas;
    }

    private static void noNulls(JsonNode json) {
        assertThat(json.isNull()).as("no null in an answer").isFalse();
        json.forEach(ScimBody::noNulls);
    }
}

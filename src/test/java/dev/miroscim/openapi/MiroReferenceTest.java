package dev.miroscim.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.openapi.ServedDescription.Call;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;

/** The description says what Miro's reference says; where it does not, it is written down why. */
@MiroScimTest
class MiroReferenceTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void theDescription_isMiros() throws IOException {
        Map<String, Object> reference = reference();
        Map<String, String> reasons = new LinkedHashMap<>();
        for (Object difference : (List<?>) reference.get("differences")) {
            Map<?, ?> entry = (Map<?, ?>) difference;
            assertThat(entry.get("why")).as(entry.toString()).asString().isNotBlank();
            ((List<?>) entry.get("what"))
                    .forEach(what ->
                            reasons.put(what.toString(), entry.get("why").toString()));
        }

        List<String> differences = differences((Map<?, ?>) reference.get("calls"), (Map<?, ?>) reference.get("errors"));

        assertThat(differences.stream()
                        .filter(difference -> reasons.keySet().stream().noneMatch(what -> covers(what, difference))))
                .as("differences without a reason")
                .isEmpty();
        assertThat(reasons.keySet().stream()
                        .filter(what -> differences.stream().noneMatch(difference -> covers(what, difference))))
                .as("reasons without a difference")
                .isEmpty();
    }

    private static Map<String, Object> reference() throws IOException {
        try (InputStream file =
                Objects.requireNonNull(MiroReferenceTest.class.getResourceAsStream("/openapi/miro-reference.yml"))) {
            return new Yaml().load(file);
        }
    }

    private static boolean covers(String what, String difference) {
        return difference.matches(
                Arrays.stream(what.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }

    private List<String> differences(Map<?, ?> reference, Map<?, ?> errors) {
        ServedDescription description = ServedDescription.of(context);
        Map<String, Call> served = description.calls().stream()
                .filter(call -> !call.isControl())
                .collect(Collectors.toMap(
                        call -> call.method() + " " + call.path().replaceAll("\\{[^}]*}", "{}"), call -> call));
        List<String> differences = new ArrayList<>();
        reference.forEach((name, documented) -> {
            Call call = served.remove(name.toString());
            if (call == null) {
                differences.add(name + ": is missing");
            } else {
                new Comparison(
                                name.toString(),
                                description,
                                call.operation(),
                                (Map<?, ?>) documented,
                                errors,
                                differences)
                        .make();
            }
        });
        served.keySet().forEach(name -> differences.add(name + ": is not documented"));
        return differences;
    }

    /**
     * A parameter, or a member of a body.
     *
     * @param type such as {@code string}, with the values that it can have or the range of its length or value after it
     */
    private record Member(boolean required, String type) {

        /** Of which nothing is to be said but that it is required; the others stand for themselves. */
        boolean holdsOthers() {
            return type.equals("object") || type.equals("array");
        }

        String bare() {
            return type.replaceFirst(" .*", "");
        }

        Set<String> values() {
            return type.contains(" ") && !type.contains("..")
                    ? Stream.of(type.replaceFirst("^\\S+ ", "").split("\\|")).collect(toCollection(TreeSet::new))
                    : Set.of();
        }

        String range() {
            return type.contains("..") ? type.replaceFirst("^\\S+ ", "") : "";
        }
    }

    private record Comparison(
            String name,
            ServedDescription description,
            JsonNode operation,
            Map<?, ?> documented,
            Map<?, ?> errors,
            List<String> differences) {

        void make() {
            compareStatuses();
            compareScopes();
            compareError();
            compare("query", documented(documented.get("query")), query());
            compare("body", documented(documented.get("body")), members(schema(operation.path("requestBody"))));
            operation.path("responses").properties().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response -> compare(
                            "answer", documented(documented.get("answer")), members(schema(response.getValue()))));
        }

        private void compareScopes() {
            if (documented.get("scopes") instanceof List<?> theirs) {
                List<String> ours = operation
                        .path("security")
                        .path(0)
                        .path("restToken")
                        .valueStream()
                        .map(JsonNode::asString)
                        .sorted()
                        .toList();
                if (!ours.equals(theirs)) {
                    differ("needs the scopes " + ours + " and not " + theirs);
                }
            }
        }

        /** All refusals of a plane have the same form. */
        private void compareError() {
            JsonNode refusal = description.resolved(operation.path("responses").path("400"));
            String plane = name.contains("/api/v1/scim/") ? "scim" : "rest";
            JsonNode schema = refusal.path("content").values().iterator().next().path("schema");
            compare("error", documented(errors.get(plane)), members(schema));
        }

        private void compareStatuses() {
            Set<String> theirs = ((List<?>) documented.get("statuses"))
                    .stream().map(Object::toString).collect(toCollection(TreeSet::new));
            Set<String> ours = new TreeSet<>(operation.path("responses").propertyNames());
            theirs.stream().filter(status -> !ours.contains(status)).forEach(status -> differ("answers no " + status));
            ours.stream()
                    .filter(status -> !theirs.contains(status))
                    .forEach(status -> differ("answers also " + status));
        }

        private void compare(String part, Map<String, Member> theirs, Map<String, Member> ours) {
            theirs.forEach((member, documented) -> {
                Member own = ours.get(member);
                String what = part + " " + member + " ";
                if (own == null) {
                    differ(what + "is missing");
                    return;
                }
                if (!own.bare().equals(documented.bare())
                        && !documented.bare().equals("any")
                        && !(own.bare().equals("integer") && documented.bare().equals("number"))) {
                    differ(what + "is " + own.bare() + " and not " + documented.bare());
                }
                // What is sent has to be enough for Miro, and what is answered has to be enough for its clients.
                boolean sent = part.equals("query") || part.equals("body");
                if (documented.required() && !own.required() || sent && own.required() && !documented.required()) {
                    differ(what + (own.required() ? "is required" : "is not required"));
                }
                if (sent ? !own.values().equals(documented.values()) : !narrower(own.values(), documented.values())) {
                    differ(what + "has the values " + own.values() + " and not " + documented.values());
                }
                if (sent && !own.range().equals(documented.range())) {
                    differ(what + "has the range '" + own.range() + "' and not '" + documented.range() + "'");
                }
            });
            ours.entrySet().stream()
                    .filter(own ->
                            !theirs.containsKey(own.getKey()) && !own.getValue().holdsOthers())
                    .forEach(own -> differ(part + " " + own.getKey() + " is not documented"));
        }

        private static boolean narrower(Set<String> own, Set<String> documented) {
            return documented.isEmpty() || !own.isEmpty() && documented.containsAll(own);
        }

        private void differ(String what) {
            differences.add(name + ": " + what);
        }

        private static Map<String, Member> documented(@Nullable Object part) {
            Map<String, Member> members = new LinkedHashMap<>();
            if (part instanceof Map<?, ?> found) {
                found.forEach((member, type) -> members.put(
                        member.toString().replace("*", ""),
                        new Member(member.toString().endsWith("*"), type.toString())));
            }
            return members;
        }

        private Map<String, Member> query() {
            Map<String, Member> parameters = new LinkedHashMap<>();
            for (JsonNode parameter : operation.path("parameters")) {
                if (parameter.path("in").asString().equals("query")) {
                    add(
                            parameter.path("schema"),
                            parameter.path("name").asString(),
                            parameter.path("required").asBoolean(false),
                            parameters);
                }
            }
            return parameters;
        }

        private JsonNode schema(JsonNode message) {
            return description
                    .resolved(message)
                    .path("content")
                    .path("application/json")
                    .path("schema");
        }

        private Map<String, Member> members(JsonNode schema) {
            Map<String, Member> members = new LinkedHashMap<>();
            if (!schema.isMissingNode()) {
                add(schema, "", false, members);
            }
            return members;
        }

        private void add(JsonNode reference, String name, boolean required, Map<String, Member> members) {
            // Attributes of attributes have the same form, down to any depth.
            if (name.contains("subAttributes[].subAttributes")) {
                return;
            }
            JsonNode schema = description.resolved(reference);
            if (schema.has("allOf")) {
                addWhole(schema, name, members);
            } else if (schema.has("anyOf")) {
                add(schema.path("anyOf").path(0), name, required, members);
            } else if (schema.has("oneOf")) {
                schema.path("oneOf").forEach(one -> add(one, name, required, members));
            } else if (schema.has("properties")) {
                if (required && !name.isEmpty()) {
                    members.put(name, new Member(true, "object"));
                }
                Set<String> always = schema.path("required")
                        .valueStream()
                        .map(JsonNode::asString)
                        .collect(Collectors.toSet());
                schema.path("properties")
                        .properties()
                        .forEach(property -> add(
                                property.getValue(),
                                name.isEmpty() ? property.getKey() : name + "." + property.getKey(),
                                always.contains(property.getKey()),
                                members));
            } else if (schema.has("items")) {
                if (required && !name.isEmpty()) {
                    members.put(name, new Member(true, "array"));
                }
                add(schema.path("items"), name + "[]", false, members);
            } else {
                members.put(name, new Member(required, type(schema)));
            }
        }

        /** A schema that only says of another one which of its members are required. */
        private void addWhole(JsonNode schema, String name, Map<String, Member> members) {
            add(schema.path("allOf").path(0), name, false, members);
            schema.path("required")
                    .valueStream()
                    .map(required -> name.isEmpty() ? required.asString() : name + "." + required.asString())
                    .forEach(required ->
                            members.computeIfPresent(required, (_, member) -> new Member(true, member.type())));
        }

        private static String type(JsonNode schema) {
            String type = schema.path("format").asString("").equals("date-time")
                    ? "time"
                    : schema.path("type").asString("any");
            if (schema.has("enum")) {
                return type + " "
                        + schema.path("enum")
                                .valueStream()
                                .map(JsonNode::asString)
                                .collect(Collectors.joining("|"));
            }
            for (String bound : List.of("Length", "imum")) {
                if (schema.has("max" + bound)) {
                    return type + " " + schema.path("min" + bound).asInt(0) + ".."
                            + schema.path("max" + bound).asInt();
                }
            }
            return type;
        }
    }
}

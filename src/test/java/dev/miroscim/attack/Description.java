package dev.miroscim.attack;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** What the program under attack says that it can be called with. */
final class Description {

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");
    private static final int DEEPEST = 6;

    /** What stands for the ids and names that paths need. */
    private static final Map<String, List<String>> PATH_VALUES = Map.ofEntries(
            Map.entry("org_id", List.of("{org}")),
            Map.entry("organization", List.of("{org}")),
            Map.entry("team_id", List.of("{design}", "{sales}")),
            Map.entry("team", List.of("{design}", "{sales}")),
            Map.entry("group_id", List.of("{readers}")),
            Map.entry("member_id", List.of("{jane}", "{ada}")),
            Map.entry("person", List.of("{jane}", "{idle}", "{ada}")),
            Map.entry("board_id", List.of("{plan}")),
            Map.entry("board", List.of("{plan}")),
            Map.entry("token", List.of("{rest}")),
            Map.entry("snapshot", List.of("before")),
            Map.entry("name", List.of("User", "Group")),
            Map.entry("urn", List.of("urn:ietf:params:scim:schemas:core:2.0:User")));

    /** What members of bodies mostly are, so that not every request is refused at the same place. */
    private static final Map<String, List<String>> VALUES = Map.ofEntries(
            Map.entry("email", List.of("jane@example.com", "nina@example.com", "new@example.com")),
            Map.entry("userName", List.of("jane@example.com", "new@example.com")),
            Map.entry("owner", List.of("ada@example.com")),
            Map.entry("team", List.of("Design", "Sales")),
            Map.entry("teams", List.of("Design", "Sales")),
            Map.entry("members", List.of("jane@example.com")),
            Map.entry("membersToAdd", List.of("nina@example.com")),
            Map.entry("membersToRemove", List.of("ada@example.com")),
            Map.entry("userGroupId", List.of("{readers}")),
            Map.entry("role", List.of("member", "admin", "companyAdmin", "guest")),
            Map.entry("kind", List.of("scim", "rest")),
            Map.entry("manager", List.of("mary@example.com", "{mary}")),
            Map.entry("value", List.of("{jane}", "jane@example.com")),
            Map.entry("op", List.of("add", "replace", "remove")),
            Map.entry("path", List.of("members", "active", "displayName", "userType", "roles")),
            Map.entry("license", List.of("Full", "Free", "Advanced")),
            Map.entry("name", List.of("Design", "Another", "Readers")));

    private final JsonNode json;
    private final List<Call> calls;

    private Description(JsonNode json) {
        this.json = json;
        this.calls = json.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation -> call(path.getKey(), path.getValue(), operation)))
                .toList();
    }

    static Description of(int port) {
        return new Description(Http.send(port, "", "GET", "/v3/api-docs", null).json());
    }

    /**
     * A call that is described.
     *
     * @param template its path, with parameters in braces
     * @param parameters of its query
     * @param body the schema of its body; missing where it has none
     */
    record Call(String method, String template, List<JsonNode> parameters, JsonNode body) {

        String plane() {
            return template.startsWith("/api/")
                    ? "scim"
                    : template.startsWith("/emulator") || template.equals("/metrics") ? "emulator" : "rest";
        }

        @Override
        public String toString() {
            return method + " " + template;
        }
    }

    private Call call(String template, JsonNode path, Map.Entry<String, JsonNode> operation) {
        List<JsonNode> parameters = Stream.of(path, operation.getValue())
                .flatMap(owner -> owner.path("parameters").valueStream())
                .map(this::resolved)
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .toList();
        JsonNode body = resolved(operation.getValue().path("requestBody"))
                .path("content")
                .path("application/json")
                .path("schema");
        return new Call(operation.getKey().toUpperCase(Locale.ROOT), template, parameters, body);
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? json.at(node.path("$ref").stringValue().substring(1)) : node;
    }

    List<Call> calls() {
        return calls;
    }

    /** The names of all members that bodies can have. */
    Set<String> members() {
        return json.findValues("properties").stream()
                .flatMap(properties -> properties.propertyNames().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The names of all parameters that queries can have. */
    Set<String> parameters() {
        return calls.stream()
                .flatMap(call -> call.parameters().stream())
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** A path for the call, with names in braces that stand for ids. */
    String path(Call call, Random random) {
        String path = call.template();
        if (path.endsWith("{id}")) {
            String parent = path.replaceFirst(".*/(\\w+)/[{]id[}]$", "$1");
            path = path.replace(
                    "{id}",
                    switch (parent) {
                        case "Users" -> "{jane}";
                        case "Groups" -> "{design}";
                        case "rules" -> "last-team-admin";
                        default -> "1";
                    });
        }
        for (Map.Entry<String, List<String>> value : PATH_VALUES.entrySet()) {
            path = path.replace("{" + value.getKey() + "}", pick(value.getValue(), random));
        }
        String query = call.parameters().stream()
                .filter(parameter -> parameter.path("required").asBoolean(false) || random.nextInt(3) == 0)
                .map(parameter -> parameter.path("name").asString() + "=" + query(parameter, random))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? path : path + "?" + query;
    }

    private String query(JsonNode parameter, Random random) {
        String name = parameter.path("name").asString();
        return switch (name) {
            case "createdAfter" -> "2020-01-01T00:00:00Z";
            case "createdBefore" -> "2120-01-01T00:00:00Z";
            case "email", "emails" -> "jane@example.com";
            case "filter" -> "userName+eq+%22jane@example.com%22";
            default -> {
                JsonNode value = value(parameter.path("schema"), name, random, 0);
                yield value.isString() ? value.stringValue().replace(" ", "+") : value.toString();
            }
        };
    }

    /** A body that the call can have, as it is described. */
    JsonNode body(Call call, Random random) {
        return value(call.body(), "", random, 0);
    }

    private JsonNode value(JsonNode schema, String name, Random random, int depth) {
        JsonNode plain = resolved(schema);
        if (plain.has("enum")) {
            return pick(plain.path("enum").valueStream().toList(), random);
        }
        if (plain.has("const")) {
            return plain.get("const");
        }
        for (String choice : List.of("oneOf", "anyOf")) {
            if (plain.has(choice)) {
                return value(pick(plain.get(choice).valueStream().toList(), random), name, random, depth);
            }
        }
        JsonMapper mapper = JsonMapper.shared();
        JsonNode type = plain.path("type");
        String kind = type.isArray() ? type.path(0).asString() : type.asString("");
        if (plain.has("properties") || plain.has("allOf")) {
            ObjectNode object = mapper.createObjectNode();
            plain.path("allOf").forEach(part -> {
                if (value(part, name, random, depth + 1) instanceof ObjectNode members) {
                    object.setAll(members);
                }
            });
            List<String> required = plain.path("required")
                    .valueStream()
                    .map(JsonNode::stringValue)
                    .toList();
            plain.path("properties").forEachEntry((member, described) -> {
                if (required.contains(member) || depth < DEEPEST && random.nextInt(3) > 0) {
                    JsonNode value = value(described, member, random, depth + 1);
                    if (!(value instanceof MissingNode)) {
                        object.set(member, value);
                    }
                }
            });
            return object;
        }
        return switch (kind) {
            case "array" -> {
                ArrayNode array = mapper.createArrayNode();
                for (int i = random.nextInt(depth < DEEPEST ? 3 : 1); i > 0; i--) {
                    array.add(value(plain.path("items"), name, random, depth + 1));
                }
                yield array;
            }
            case "object" -> mapper.createObjectNode();
            case "boolean" -> mapper.getNodeFactory().booleanNode(random.nextBoolean());
            case "integer" -> mapper.getNodeFactory().numberNode(random.nextInt(20));
            case "number" -> mapper.getNodeFactory().numberNode(random.nextDouble());
            case "null" -> mapper.nullNode();
            default -> mapper.getNodeFactory().stringNode(text(plain, name, random));
        };
    }

    private static String text(JsonNode schema, String name, Random random) {
        return switch (schema.path("format").asString("")) {
            case "date-time" -> "2026-01-31T12:00:00Z";
            default -> pick(VALUES.getOrDefault(name, List.of("text", "2 s", "Everyone")), random);
        };
    }

    private static <T> T pick(List<T> list, Random random) {
        return list.get(random.nextInt(list.size()));
    }

    /** Several variants of every described call. */
    List<Described> variants(int each, long seed) {
        Random random = new Random(seed);
        List<Described> variants = new ArrayList<>();
        for (Call call : calls) {
            for (int i = 0; i < each; i++) {
                variants.add(new Described(
                        call,
                        path(call, random),
                        call.body().isMissingNode() ? "" : body(call, random).toString()));
            }
        }
        return variants;
    }

    /** A request as described; its path and body have names in braces that stand for ids. */
    record Described(Call call, String path, String body) {}
}

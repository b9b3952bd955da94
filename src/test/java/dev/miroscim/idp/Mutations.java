package dev.miroscim.idp;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.LongFunction;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Changes requests at random, always in the same way for the same seed. */
public final class Mutations {

    /**
     * A request as bytes go: the body may be no text, and the headers no headers.
     *
     * @param base what stays of the path; empty where all of it may change
     */
    public record Request(String method, String base, String path, Map<String, String> headers, byte[] body) {

        /** What a person needs to send it again; binary bodies are shown as Latin-1. */
        @Override
        public String toString() {
            String text = new String(body, ISO_8859_1);
            return method + " " + base + path + " " + headers + "\n"
                    + (text.length() > 2_000 ? text.substring(0, 2_000) + "… (" + text.length() + " bytes)" : text);
        }
    }

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final List<String> ATTRIBUTES = List.of(
            "userName",
            "displayName",
            "name",
            "name.givenName",
            "name.familyName",
            "active",
            "userType",
            "emails",
            "emails.value",
            "photos",
            "photos.value",
            "roles",
            "roles.value",
            "roles.primary",
            "groups",
            "groups.value",
            "members",
            "members.value",
            "preferredLanguage",
            "id",
            "schemas",
            "meta",
            "meta.lastModified",
            "meta.created",
            "manager",
            "externalId",
            "urn:ietf:params:scim:schemas:core:2.0:User",
            "$ref",
            "a.b.c",
            "",
            "1",
            "é",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager.value",
            "urn:x:y:z",
            "urn:");
    private static final List<String> OPERATORS =
            List.of("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr", "EQ", "is", "like", "", "eq eq");
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "x",
            "true",
            "False",
            "null",
            "0",
            "-1",
            "007",
            "1e400",
            "NaN",
            "9223372036854775807",
            "9223372036854775808",
            "3458764577585056871",
            "jane@example.com",
            "JANE@EXAMPLE.COM",
            "new@example.com",
            "a@b",
            "@",
            "a b@c",
            "Full",
            "Free",
            "Free Restricted",
            "Full (Trial)",
            "ORGANIZATION_INTERNAL_ADMIN",
            "ORGANIZATION_INTERNAL_USER",
            "ORGANIZATION_EXTERNAL_USER",
            "Content Admin",
            "Design",
            "Sales",
            "Everyone",
            "2026-01-31T12:00:00Z",
            "0000-00-00T00:00:00Z",
            "+999999999-12-31T23:59:59Z",
            "{\"value\":\"Admin\"}",
            "{",
            "%",
            "_",
            "\\",
            "'",
            "\"",
            "';--",
            "../../x",
            "<script>",
            "${jndi:x}",
            "\u0000",
            "a\u0000b",
            "\ud83d\ude00",
            "\ud83d",
            "\udc00x",
            "\u202Eabc",
            "e\u0301",
            "ﬃ",
            "İı",
            "ß",
            "\uFEFF",
            "\u2028",
            "\t\r\n",
            "x".repeat(61),
            "x".repeat(300),
            "ü".repeat(3_000),
            "https://example.com/x.png",
            "urn:ietf:params:scim:schemas:core:2.0:User");

    private final Random random;
    private final List<Request> corpus;
    private final List<String> attributes;
    private final List<String> parameters;

    Mutations(long seed, List<Request> corpus) {
        this(seed, corpus, ATTRIBUTES, List.of());
    }

    private Mutations(long seed, List<Request> corpus, List<String> attributes, List<String> parameters) {
        this.random = new Random(seed);
        this.corpus = corpus;
        this.attributes = attributes;
        this.parameters = parameters;
    }

    /**
     * Requests of other planes as well.
     *
     * @param members that bodies can have there
     * @param parameters that queries can have there
     */
    public static LongFunction<Mutations> of(
            List<Request> corpus, Collection<String> members, Collection<String> parameters) {
        List<String> attributes =
                Stream.concat(ATTRIBUTES.stream(), members.stream()).toList();
        List<String> names = List.copyOf(parameters);
        return seed -> new Mutations(seed, corpus, attributes, names);
    }

    public Request next() {
        Request request = corpus.get(random.nextInt(corpus.size()));
        String method = chance(20)
                ? pick(List.of("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "FOO"))
                : request.method();
        Map<String, String> headers = new LinkedHashMap<>(request.headers());
        byte[] body = request.body();
        if (body.length > 0) {
            body = body(new String(body, UTF_8));
        } else if (method.startsWith("P") && chance(2)) {
            body = pick(TEXTS).getBytes(UTF_8);
        }
        if (body.length > 0) {
            headers.putIfAbsent("Content-Type", "application/scim+json");
        }
        if (chance(6)) {
            header(headers);
        }
        String path = request.path().contains("?") || chance(8) ? query(request.path()) : request.path();
        return new Request(method, request.base(), chance(15) ? path(path) : path, headers, body);
    }

    // Bodies

    private byte[] body(String text) {
        String mutated = text;
        try {
            JsonNode tree = JSON.readTree(text);
            for (int i = random.nextInt(4); i >= 0; i--) {
                tree = mutate(tree, 0);
            }
            mutated = JSON.writeValueAsString(tree);
        } catch (JacksonException _) {
            // Broken already, or by half a surrogate pair: sent as it was.
        }
        if (chance(12)) {
            mutated = damage(mutated);
        }
        Charset charset = chance(40) ? pick(List.of(UTF_16, ISO_8859_1)) : UTF_8;
        return mutated.getBytes(charset);
    }

    private JsonNode mutate(JsonNode node, int depth) {
        boolean here = depth > 0 && random.nextInt(4) == 0;
        if (node instanceof ObjectNode object && !object.isEmpty()) {
            return here ? other(object) : insideOf(object, depth);
        }
        if (node instanceof ArrayNode array && !array.isEmpty()) {
            return here ? other(array) : insideOf(array, depth);
        }
        return other(node);
    }

    private JsonNode insideOf(ObjectNode object, int depth) {
        List<String> names = new ArrayList<>(object.propertyNames());
        String name = pick(names);
        switch (random.nextInt(10)) {
            case 0 -> object.remove(name);
            case 1 -> object.set(respelled(name), object.remove(name));
            case 2 -> object.set(pick(attributes), object.get(name));
            case 3 -> object.set(path(), value(2));
            case 4 -> {
                if (name.equals("path")) {
                    object.put(name, path());
                } else {
                    object.set(name, mutate(object.get(name), depth + 1));
                }
            }
            default -> object.set(name, mutate(object.get(name), depth + 1));
        }
        return object;
    }

    private JsonNode insideOf(ArrayNode array, int depth) {
        int index = random.nextInt(array.size());
        switch (random.nextInt(8)) {
            case 0 -> array.remove(index);
            case 1 -> array.add(array.get(index).deepCopy());
            case 2 -> array.add(value(2));
            default -> array.set(index, mutate(array.get(index), depth + 1));
        }
        return array;
    }

    private JsonNode other(JsonNode node) {
        return switch (random.nextInt(6)) {
            case 0 -> NODES.arrayNode().add(node);
            case 1 -> NODES.objectNode().<ObjectNode>set("value", node).putNull("$ref");
            case 2 -> NODES.stringNode(node.isString() ? respelled(node.stringValue()) : node.toString());
            default -> value(0);
        };
    }

    private JsonNode value(int depth) {
        return switch (random.nextInt(depth > 3 ? 8 : 11)) {
            case 0 -> NODES.nullNode();
            case 1 -> NODES.booleanNode(random.nextBoolean());
            case 2 -> NODES.numberNode(random.nextLong());
            case 3 -> NODES.numberNode(random.nextDouble() * 1e300);
            case 4, 5, 6 -> NODES.stringNode(pick(TEXTS));
            case 7 -> NODES.stringNode(path());
            case 8 -> NODES.arrayNode().add(value(depth + 1)).add(value(depth + 1));
            case 9 ->
                NODES.objectNode()
                        .<ObjectNode>set(pick(attributes), value(depth + 1))
                        .put("value", pick(TEXTS));
            default -> chance(20) ? huge() : deep();
        };
    }

    private JsonNode deep() {
        JsonNode deep = NODES.stringNode("deep");
        for (int i = random.nextInt(120); i > 0; i--) {
            deep = random.nextBoolean()
                    ? NODES.arrayNode().add(deep)
                    : NODES.objectNode().set("value", deep);
        }
        return deep;
    }

    private JsonNode huge() {
        if (random.nextBoolean()) {
            return NODES.stringNode("y".repeat(random.nextInt(900_000)));
        }
        ArrayNode many = NODES.arrayNode();
        for (int i = random.nextInt(9_000); i > 0; i--) {
            many.add(NODES.objectNode().put("value", Integer.toString(i)));
        }
        return many;
    }

    private String damage(String json) {
        int at = random.nextInt(json.length() + 1);
        return switch (random.nextInt(5)) {
            case 0 -> json.substring(0, at);
            case 1 ->
                json.substring(0, at)
                        + pick(List.of("\u0000", "\"", "}", "]", ",", "\\", "//", "\u00ff"))
                        + json.substring(at);
            case 2 -> json + json;
            case 3 -> "\uFEFF" + json;
            default -> json.replace(":", "::").replace("\"", random.nextBoolean() ? "'" : "\"");
        };
    }

    // Paths and queries

    private String path() {
        String attribute = pick(attributes);
        return switch (random.nextInt(5)) {
            case 0, 1 -> attribute;
            case 2 -> attribute + "[" + filter(1) + "]";
            case 3 ->
                attribute + "[" + filter(1) + "]." + pick(List.of("value", "type", "display", "primary", "x", ""));
            default -> attribute + pick(TEXTS);
        };
    }

    private String filter(int depth) {
        String comparison = pick(attributes) + " " + pick(OPERATORS) + " " + literal();
        return switch (random.nextInt(depth > 4 ? 3 : 8)) {
            case 3 -> filter(depth + 1) + " and " + filter(depth + 1);
            case 4 -> filter(depth + 1) + " or " + filter(depth + 1);
            case 5 -> "not (" + filter(depth + 1) + ")";
            case 6 ->
                pick(attributes) + "[" + filter(depth + 1) + "]"
                        + (random.nextBoolean() ? "" : ".value eq " + literal());
            case 7 -> chance(10) ? "(".repeat(random.nextInt(80)) + comparison : "(" + comparison + ")";
            default -> comparison;
        };
    }

    private String literal() {
        return random.nextInt(3) == 0 ? pick(TEXTS) : "\"" + pick(TEXTS) + "\"";
    }

    private String query(String path) {
        StringBuilder query = new StringBuilder(path.split("\\?")[0]);
        char separator = '?';
        for (int i = random.nextInt(3); i >= 0; i--) {
            String parameter = switch (random.nextInt(parameters.isEmpty() ? 7 : 12)) {
                case 0 -> "startIndex=" + encoded(pick(TEXTS));
                case 1 -> "count=" + encoded(random.nextBoolean() ? Integer.toString(random.nextInt(20)) : pick(TEXTS));
                case 2 ->
                    "sortBy=" + encoded(pick(attributes)) + "&sortOrder="
                            + pick(List.of("ascending", "descending", "x"));
                case 3 ->
                    pick(List.of("attributes=", "excludedAttributes=")) + encoded(path() + "," + pick(attributes));
                case 4 -> encoded(pick(TEXTS)) + "=" + encoded(pick(TEXTS));
                case 5, 6 -> "filter=" + encoded(filter(0));
                default -> pick(parameters) + "=" + encoded(pick(TEXTS));
            };
            query.append(separator).append(parameter);
            separator = '&';
        }
        return query.toString();
    }

    /** Mostly as it should be, sometimes raw, sometimes broken. */
    private String encoded(String text) {
        if (chance(12)) {
            return pick(List.of("%", "%zz", "%00", "%c3%28", "%ff", "%u0041", "a;b", "#x"));
        }
        String encoded = URLEncoder.encode(text, UTF_8);
        return chance(5) ? encoded.replace("%22", "\"").replace("%5B", "[").replace("%5D", "]") : encoded;
    }

    private String path(String path) {
        return switch (random.nextInt(8)) {
            case 0 -> path.replaceFirst("/", "//");
            case 1 -> path + "/";
            case 2 -> path + "/x";
            case 3 -> path.replace("s", "%73");
            case 4 -> path.replaceFirst("/([0-9]+|[{]\\w+[}])", "/" + encoded(pick(TEXTS)));
            case 5 -> path.replaceFirst("/([0-9]+|[{]\\w+[}])", "/" + Math.abs(random.nextLong()));
            case 6 ->
                path.replaceFirst(
                        "(/\\w+)",
                        pick(List.of("$1/..", "/./$1", "$1;x=y", "$1%2f", "$1%00", "/Bulk", "/Me", "/Schemas")));
            default -> path.toLowerCase(Locale.ROOT);
        };
    }

    private void header(Map<String, String> headers) {
        switch (random.nextInt(7)) {
            case 0 ->
                headers.put(
                        "Content-Type",
                        pick(List.of(
                                "application/json",
                                "text/plain",
                                "application/x-www-form-urlencoded",
                                "nonsense",
                                "",
                                "application/scim+json; charset=x",
                                "application/json; charset=utf-16",
                                "multipart/form-data; boundary=x")));
            case 1 ->
                headers.put(
                        "Accept", pick(List.of("*/*", "text/html", "application/json", "nonsense", "", "image/*;q=2")));
            case 2 ->
                headers.put("Authorization", pick(List.of("Bearer", "Basic eDp5", "", "Bearer x y", "Negotiate")));
            case 3 -> headers.put("If-Match", "\"x\"");
            case 4 -> headers.put("X-Forwarded-Proto", pick(List.of("https", "x y", "javascript:")));
            case 5 -> headers.put("X-HTTP-Method-Override", "DELETE");
            default -> headers.put("Accept-Encoding", pick(List.of("identity", "x", "*")));
        }
    }

    private String respelled(String text) {
        return switch (random.nextInt(5)) {
            case 0 -> text.toUpperCase(Locale.ROOT);
            case 1 -> text.toLowerCase(Locale.ROOT);
            case 2 -> text + pick(TEXTS);
            case 3 -> " " + text;
            default -> pick(TEXTS);
        };
    }

    private boolean chance(int oneIn) {
        return random.nextInt(oneIn) == 0;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}

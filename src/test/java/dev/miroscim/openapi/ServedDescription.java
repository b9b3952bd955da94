package dev.miroscim.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

/** The description that the running program serves of itself, to hold its answers against. */
public final class ServedDescription {

    private static final JsonMapper JSON = new JsonMapper();
    private static final SchemaRegistry SCHEMAS = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(
                    SchemaRegistryConfig.builder().formatAssertionsEnabled(true).build()));

    /** The headers that clients go by. */
    private static final Set<String> TELLING = Set.of(
            "x-miro-rule",
            "x-ratelimit-limit",
            "x-ratelimit-remaining",
            "x-ratelimit-reset",
            "x-journal-dropped",
            "x-miro-missing-scope",
            "location",
            "retry-after",
            "www-authenticate",
            "allow",
            "accept",
            "accept-patch",
            "accept-encoding");

    private static final Set<String> METHODS = Set.of("get", "post", "put", "patch", "delete");

    private final JsonNode json;
    private final List<Call> calls;
    private final Map<String, Schema> compiled = new HashMap<>();
    private final Set<String> answered = new TreeSet<>();

    private ServedDescription(JsonNode json) {
        this.json = json;
        calls = json.path("paths").properties().stream()
                .flatMap(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .map(operation -> new Call(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                whole((ObjectNode) operation.getValue(), path.getValue()))))
                .toList();
    }

    /** The operation with its own parameters and those of its path, and with its body, instead of references. */
    private JsonNode whole(ObjectNode operation, JsonNode path) {
        ObjectNode whole = operation.deepCopy();
        ArrayNode parameters = whole.putArray("parameters");
        path.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        operation.path("parameters").forEach(parameter -> parameters.add(resolved(parameter)));
        if (operation.has("requestBody")) {
            whole.set("requestBody", resolved(operation.path("requestBody")));
        }
        return whole;
    }

    /** Reads it as anybody can, without a token. */
    public static ServedDescription of(ApplicationContext context) {
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/v3/api-docs"))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
            assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
            return new ServedDescription(JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    public JsonNode json() {
        return json;
    }

    /** A call that is described: a method and a path with variables. */
    record Call(String method, String path, JsonNode operation) {

        String id() {
            return operation.path("operationId").asString();
        }

        /** Whether it is this program's own, and not one of Miro's. */
        boolean isControl() {
            return operation.path("security").path(0).has("admin");
        }

        /** What a REST token needs for it. */
        List<String> scopes() {
            return operation
                    .path("security")
                    .path(0)
                    .path("restToken")
                    .valueStream()
                    .map(JsonNode::asString)
                    .toList();
        }

        boolean answers(int status) {
            return operation.path("responses").has(Integer.toString(status));
        }

        /** What there is if everything goes well. */
        Set<String> successes() {
            return operation.path("responses").propertyNames().stream()
                    .filter(status -> status.startsWith("2"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    List<Call> calls() {
        return calls;
    }

    /** The call that a request is: of several that fit, the one with the fewest variables. */
    Call call(String method, String path) {
        String[] steps = path.replaceFirst("[?;].*", "").split("/");
        return calls.stream()
                .filter(call -> call.method().equals(method) && fits(call.path().split("/"), steps))
                .min(Comparator.comparingLong(
                        call -> call.path().chars().filter(c -> c == '{').count()))
                .orElseThrow(() -> new AssertionError(method + " " + path + " is not described"));
    }

    private static boolean fits(String[] template, String[] steps) {
        if (template.length != steps.length) {
            return false;
        }
        for (int i = 0; i < steps.length; i++) {
            if (!template[i].startsWith("{") && !template[i].equals(steps[i])) {
                return false;
            }
        }
        return true;
    }

    /** The described statuses, each with its call, of which {@link #problems} saw no answer. */
    Set<String> unanswered() {
        Set<String> unanswered = new TreeSet<>();
        for (Call call : calls) {
            for (String status : call.operation().path("responses").propertyNames()) {
                if (!answered.contains(call + " " + status)) {
                    unanswered.add(call + " " + status);
                }
            }
        }
        return unanswered;
    }

    /** What is not as described in an answer of the planes. */
    public List<String> problems(String method, String path, int status, HttpHeaders headers, String body) {
        Call call = call(method, path);
        String where = method + " " + path + " " + status + ": ";
        JsonNode response = resolved(call.operation().path("responses").path(Integer.toString(status)));
        if (response.isMissingNode()) {
            return List.of(where + "no such status; " + body);
        }
        answered.add(call + " " + status);
        List<String> problems = headerProblems(response.path("headers"), headers, where);
        String type = headers.firstValue("Content-Type").orElse("").replaceFirst(";.*", "");
        if (body.isEmpty()) {
            if (response.has("content")) {
                problems.add(where + "no body");
            }
            return problems;
        }
        JsonNode schema = response.path("content").path(type).path("schema");
        if (schema.isMissingNode()) {
            problems.add(where + "no such type " + type);
            return problems;
        }
        boolean narrowed = path.matches(".*[?&](attributes|excludedAttributes)=.*");
        validate(schema, narrowed, read(body)).forEach(error -> problems.add(where + error + " in " + body));
        return problems;
    }

    /** What is not as described in a request that the program accepted. */
    List<String> requestProblems(String method, String path, String type, @Nullable String body) {
        JsonNode described = call(method, path).operation();
        String where = method + " " + path + ": ";
        List<String> problems = new ArrayList<>();
        Set<String> parameters = described
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("in").asString().equals("query"))
                .map(parameter -> parameter.path("name").asString())
                .collect(Collectors.toSet());
        if (path.contains("?")) {
            for (String parameter : path.replaceFirst("[^?]*\\?", "").split("&")) {
                if (!parameters.contains(parameter.replaceFirst("=.*", ""))) {
                    problems.add(where + "no such parameter as in " + parameter);
                }
            }
        }
        if (body == null) {
            if (described.path("requestBody").path("required").asBoolean(false)) {
                problems.add(where + "no body, which is required");
            }
            return problems;
        }
        JsonNode schema =
                described.path("requestBody").path("content").path(type).path("schema");
        if (schema.isMissingNode()) {
            problems.add(where + "no such type of body as " + type);
            return problems;
        }
        validate(schema, true, withoutNulls(read(body)))
                .forEach(error -> problems.add(where + error + " in the request " + body));
        return problems;
    }

    /** In a request null stands for what is left out. */
    private static JsonNode withoutNulls(JsonNode body) {
        JsonNode copy = body.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.removeIf(JsonNode::isNull);
        }
        return copy;
    }

    private List<String> validate(JsonNode schema, boolean narrowed, JsonNode body) {
        return compiled.computeIfAbsent(schema + " " + narrowed, _ -> compile(schema, narrowed)).validate(body).stream()
                .map(Object::toString)
                .toList();
    }

    private List<String> headerProblems(JsonNode described, HttpHeaders headers, String where) {
        List<String> problems = new ArrayList<>();
        headers.map().keySet().stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .filter(TELLING::contains)
                .filter(name -> !isDescribed(described, name))
                .forEach(name -> problems.add(where + "no such header " + name));
        described.properties().forEach(entry -> {
            JsonNode header = resolved(entry.getValue());
            List<String> values = headers.allValues(entry.getKey());
            if (values.isEmpty() && header.path("required").asBoolean(false)) {
                problems.add(where + "no header " + entry.getKey());
            }
            JsonNode schema = header.path("schema").path("items");
            for (String value : values) {
                JsonNode sent = header.path("schema").path("type").asString().equals("integer")
                        ? read(value)
                        : JSON.getNodeFactory().stringNode(value);
                validate(schema.isMissingNode() ? header.path("schema") : schema, false, sent)
                        .forEach(error -> problems.add(where + entry.getKey() + ": " + error));
            }
        });
        return problems;
    }

    private static JsonNode read(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static boolean isDescribed(JsonNode headers, String name) {
        return headers.propertyNames().stream().anyMatch(name::equalsIgnoreCase);
    }

    /** What a reference leads to. */
    JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? json.at(node.path("$ref").stringValue().substring(1)) : node;
    }

    /**
     * The schema with all others that it refers to, in which objects have no members but those that are described, and
     * resources are whole unless a request asks for parts.
     */
    private Schema compile(JsonNode schema, boolean narrowed) {
        ObjectNode whole = JSON.createObjectNode();
        whole.setAll((ObjectNode) schema.deepCopy());
        whole.set(
                "components",
                JSON.createObjectNode()
                        .set("schemas", json.path("components").path("schemas").deepCopy()));
        tighten(whole, narrowed);
        return SCHEMAS.getSchema(whole);
    }

    private static void tighten(JsonNode node, boolean narrowed) {
        if (node instanceof ObjectNode object) {
            if (object.path("properties").isObject() && object.path("type").isString()) {
                object.put("additionalProperties", false);
            }
            if (!narrowed
                    && object.path("anyOf") instanceof ArrayNode either
                    && either.path(1).path("$ref").asString("").endsWith("Part")) {
                either.remove(1);
            }
        }
        node.values().forEach(child -> tighten(child, narrowed));
    }
}

package dev.miroscim.idp;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A request that an identity provider sends, with what has to come of it. The files in {@code src/test/resources/idp}
 * hold them, one file for each provider.
 *
 * @param given settings of the organisation
 * @param before requests, with their bodies, that set the stage
 * @param rules exactly those that have to explain themselves in the answer
 * @param answer a part of the answer's body, in the sense of {@link Part}
 * @param then parts of what other requests show afterwards, or their status
 */
record Recorded(
        String provider,
        String name,
        String method,
        String path,
        Map<String, String> headers,
        @Nullable String body,
        JsonNode given,
        Map<String, String> before,
        int status,
        List<String> rules,
        @Nullable JsonNode answer,
        Map<String, JsonNode> then) {

    private static final List<String> PROVIDERS =
            List.of("entra", "microsoft-validator", "microsoft-postman", "okta", "onelogin", "jumpcloud", "others");
    private static final JsonMapper JSON = JsonMapper.shared();

    static List<Recorded> all() {
        return PROVIDERS.stream().flatMap(provider -> of(provider).stream()).toList();
    }

    static List<Recorded> of(String provider) {
        return read(provider)
                .valueStream()
                .flatMap(request -> inBothModels(request, request.get("send").stringValue()))
                .map(request -> read(provider, request))
                .toList();
    }

    /**
     * A request about groups, once where they are teams and once where they are user groups. What is different for user
     * groups stands in {@code inUserGroups}.
     *
     * @param line what it is about
     */
    static Stream<JsonNode> inBothModels(JsonNode request, String line) {
        if (!line.contains(" /Groups")) {
            return Stream.of(request);
        }
        ObjectNode other = (ObjectNode) request.deepCopy();
        other.withObject("/given").put("groupModel", "USER_GROUPS");
        other.path("inUserGroups").forEachEntry(other::set);
        return Stream.of(request, other);
    }

    /** A file of this folder, as JSON. */
    static JsonNode read(String file) {
        try (InputStream yaml = Recorded.class.getResourceAsStream("/idp/" + file + ".yml")) {
            Yaml reader = new Yaml(new SafeConstructor(new LoaderOptions()));
            return JSON.valueToTree(reader.<Object>load(Objects.requireNonNull(yaml)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return provider + ": " + name + (given.path("groupModel").isMissingNode() ? "" : ", in user groups");
    }

    private static Recorded read(String provider, JsonNode request) {
        String[] line = request.get("send").stringValue().split(" ", 2);
        return new Recorded(
                provider,
                request.get("name").stringValue(),
                line[0],
                line[1],
                texts(request.path("headers")),
                request.path("body").stringValue(null),
                request.has("given") ? request.get("given") : JSON.createObjectNode(),
                texts(request.path("before")),
                request.get("status").intValue(),
                request.path("rules").valueStream().map(JsonNode::stringValue).toList(),
                request.get("answer"),
                request.path("then")
                        .propertyStream()
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    private static Map<String, String> texts(JsonNode members) {
        Map<String, String> texts = new LinkedHashMap<>();
        members.forEachEntry((name, text) -> texts.put(name, text.stringValue()));
        return texts;
    }
}

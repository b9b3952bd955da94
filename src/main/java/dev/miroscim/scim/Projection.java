package dev.miroscim.scim;

import dev.miroscim.directory.Texts;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.FilterException;
import dev.miroscim.scim.filter.Path;
import dev.miroscim.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Selects the attributes of an answer by the parameters {@code attributes} and {@code excludedAttributes}.
 *
 * <p>{@code id} and {@code schemas} are always included; {@code meta} only if it is requested or nothing is selected.
 * Unknown names are ignored.
 */
public final class Projection {

    private static final Projection EVERYTHING = new Projection(Mode.EXCLUDE, List.of());
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> ALWAYS = Set.of("id", "schemas");

    private enum Mode {
        INCLUDE,
        EXCLUDE
    }

    private final Mode mode;
    private final Selection named = new Selection();
    private boolean namesCore;

    private Projection(Mode mode, List<Path> paths) {
        this.mode = mode;
        paths.stream().map(Path::target).forEach(this::name);
    }

    private void name(AttributePath attribute) {
        if (attribute.isWholeSchema() && attribute.isCore()) {
            namesCore = true;
        } else {
            named.add(keys(attribute));
        }
    }

    /**
     * Reads both parameters for {@code resource}. RFC 7644 allows only one of them; if a client sends both,
     * {@code attributes} wins.
     *
     * @throws FilterException of kind {@link FilterException.Kind#ATTRIBUTES}
     */
    public static Projection of(
            @Nullable String attributes, @Nullable String excludedAttributes, ResourceType resource) {
        List<Path> included = attributes == null ? List.of() : Path.parseList(attributes, resource);
        List<Path> excluded = excludedAttributes == null ? List.of() : Path.parseList(excludedAttributes, resource);
        if (!included.isEmpty()) {
            return new Projection(Mode.INCLUDE, included);
        }
        return excluded.isEmpty() ? EVERYTHING : new Projection(Mode.EXCLUDE, excluded);
    }

    /** Whether the answer contains the whole resource. */
    boolean isEverything() {
        return this == EVERYTHING;
    }

    /**
     * Whether the answer can contain {@code attribute} or a part of it, so that other attributes need not be loaded.
     *
     * @param attribute such as {@code members}, {@code groups.display} or the URN of an extension, in any case
     */
    public boolean includes(String attribute) {
        AttributePath path = AttributePath.parse(attribute);
        if (path.isWholeSchema() && path.isCore()) {
            return true;
        }
        List<String> keys = keys(path);
        if (ALWAYS.contains(keys.getFirst())) {
            return true;
        }
        Selection selection = topLevel(keys.getFirst());
        for (String key : keys.subList(1, keys.size())) {
            selection = selection == null || selection.whole ? selection : selection.parts.get(key);
        }
        return mode == Mode.INCLUDE ? selection != null : selection == null || !selection.whole;
    }

    /** The projected resource. */
    public Object of(Object resource) {
        return isEverything() ? resource : apply(JSON.valueToTree(resource));
    }

    /** A copy of {@code resource} with the selected attributes, in the same order. */
    ObjectNode apply(JsonNode resource) {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        resource.asObject().properties().forEach(property -> {
            String key = key(property.getKey());
            JsonNode value = ALWAYS.contains(key) ? property.getValue() : project(property.getValue(), topLevel(key));
            if (value != null) {
                kept.set(property.getKey(), value);
            }
        });
        return kept;
    }

    private @Nullable Selection topLevel(String key) {
        return namesCore && !key.startsWith("urn:") ? Selection.WHOLE : named.parts.get(key);
    }

    /**
     * Null if nothing remains. Values that were already empty stay, because an answer must show that a group has no
     * members.
     */
    private @Nullable JsonNode project(JsonNode value, @Nullable Selection selection) {
        if (selection == null || selection.whole) {
            return (selection == null) == (mode == Mode.EXCLUDE) ? value : null;
        }
        return switch (value) {
            case ObjectNode object -> {
                ObjectNode kept = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(property -> {
                    JsonNode part = project(property.getValue(), selection.parts.get(key(property.getKey())));
                    if (part != null) {
                        kept.set(property.getKey(), part);
                    }
                });
                yield kept.isEmpty() && !object.isEmpty() ? null : kept;
            }
            case ArrayNode array -> {
                ArrayNode kept = JsonNodeFactory.instance.arrayNode();
                array.values().forEach(element -> {
                    JsonNode part = project(element, selection);
                    if (part != null) {
                        kept.add(part);
                    }
                });
                yield kept.isEmpty() && !array.isEmpty() ? null : kept;
            }
            // A simple attribute has no sub-attributes to select.
            default -> mode == Mode.EXCLUDE ? value : null;
        };
    }

    /** The path of names from the resource to the attribute; an extension counts as an attribute of the resource. */
    private static List<String> keys(AttributePath attribute) {
        List<String> keys = new ArrayList<>(3);
        if (attribute.urn() != null) {
            keys.add(key(attribute.urn()));
        }
        if (!attribute.isWholeSchema()) {
            keys.add(key(attribute.name()));
        }
        if (attribute.subAttribute() != null) {
            keys.add(key(attribute.subAttribute()));
        }
        return keys;
    }

    private static String key(String name) {
        return Texts.folded(name);
    }

    /** A tree of the named attributes. */
    private static final class Selection {

        static final Selection WHOLE = new Selection();

        static {
            WHOLE.whole = true;
        }

        final Map<String, Selection> parts = new HashMap<>();
        boolean whole;

        void add(List<String> keys) {
            Selection selection = this;
            for (String key : keys) {
                selection = selection.parts.computeIfAbsent(key, _ -> new Selection());
            }
            selection.whole = true;
        }
    }
}

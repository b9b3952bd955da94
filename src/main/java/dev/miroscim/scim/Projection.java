package dev.miroscim.scim;

import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.FilterException;
import dev.miroscim.scim.filter.Path;
import dev.miroscim.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which attributes of a resource an answer holds, by the parameters {@code attributes} and {@code excludedAttributes}.
 *
 * <p>{@code id} and {@code schemas} are always there, {@code meta} only if nothing narrows the answer or it is asked
 * for. Names that no resource has are ignored.
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
     * Reads both parameters, as they speak of {@code resource}. RFC 7644 lets a client send only one of them; if it sends both, {@code attributes} counts.
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

    /** Whether the parameters leave resources as they are. */
    boolean isEverything() {
        return this == EVERYTHING;
    }

    /**
     * Whether the answer may hold {@code attribute} or a part of it, so that what it does not hold need not be loaded.
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

    /** The resource as the answer holds it. */
    public Object of(Object resource) {
        return isEverything() ? resource : apply(JSON.valueToTree(resource));
    }

    /**
     * The part of {@code resource} that the answer holds, in the same order. {@code resource} itself stays as it is.
     */
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

    /** Null if nothing is left. A value that was empty before is kept: an answer shows that a group has no members. */
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
            // A simple attribute has none of the parts that were named.
            default -> mode == Mode.EXCLUDE ? value : null;
        };
    }

    /** The names on the way from the resource to the attribute; an extension is an attribute of the resource. */
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
        return name.toLowerCase(Locale.ROOT);
    }

    /** Attributes that were named, as a tree. */
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

package dev.miroscim.scim.patch;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Texts;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.filter.FilterException;
import dev.miroscim.scim.filter.Path;
import dev.miroscim.scim.schema.AttributeDefinition;
import dev.miroscim.scim.schema.AttributeDefinition.Type;
import dev.miroscim.scim.schema.ResourceType;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The attribute that an operation changes. Only this class compares a path with the schema of the resource, so that no
 * other code can drop an unknown filter or sub-attribute and change another attribute instead.
 *
 * @param attribute the attribute, with its sub-attribute if the path has one
 * @param elements selects elements of a multi-valued attribute; null for all, and always null for a single-valued
 *     attribute
 * @param known whether resources have the attribute
 */
public record Target(AttributePath attribute, @Nullable Filter elements, boolean known) {

    /** Sub-attributes of RFC 7643 that Miro does not store but clients still send. */
    private static final Map<String, Set<String>> UNSUPPORTED_PARTS = Map.of(
            "name", Set.of("middlename", "honorificprefix", "honorificsuffix"),
            "manager", Set.of("$ref"),
            "meta", Set.of("created", "lastmodified", "version"));

    private static final Set<String> PARTS_OF_ELEMENTS = Set.of("value", "display", "type", "primary", "$ref");

    /**
     * The target of a client's path.
     *
     * @throws ScimException if the path filters a single-valued attribute, or has a sub-attribute that does not exist
     */
    static Target of(Path path, ResourceType resource) {
        return of(path, resource, true);
    }

    /**
     * The target of a member of a JSON object, whose name can be a path: Entra writes {@code "name.givenName"} and
     * whole URNs. Empty for attributes that resources do not have, which are noted as ignored.
     *
     * @throws FilterException if the name begins with the URN of another kind of resource
     */
    public static Optional<Target> named(String name, ResourceType resource) {
        Optional<Target> target =
                path(name, resource).map(path -> of(path, resource, false)).filter(Target::known);
        if (target.isEmpty()) {
            MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.note(Texts.shortened(name));
        }
        return target;
    }

    /** The whole attribute to which this sub-attribute belongs. */
    public Target whole() {
        return new Target(new AttributePath(attribute.urn(), attribute.name(), null), elements, known);
    }

    private static Optional<Path> path(String name, ResourceType resource) {
        try {
            return Optional.of(Path.parse(name, resource));
        } catch (FilterException e) {
            if (isPath(name)) {
                throw e;
            }
            return Optional.empty(); // such as @odata.type
        }
    }

    private static boolean isPath(String name) {
        try {
            Path.parse(name);
            return true;
        } catch (FilterException e) {
            return false;
        }
    }

    private static Target of(Path path, ResourceType resource, boolean strict) {
        Filter filter = path.filter();
        AttributePath target = path.target();
        if (target.isWholeSchema()) {
            if (filter != null) {
                throw ScimException.noTarget("An extension has no values that a filter could select");
            }
            return new Target(target, null, true);
        }
        AttributeDefinition definition = definition(path.attribute(), resource).orElse(null);
        if (definition == null) {
            return new Target(target, filter, false);
        }
        if (filter != null) {
            requireMultiValued(definition);
            requireParts(definition, filter);
        }
        String part = target.subAttribute();
        boolean known = part == null || hasPart(definition, part);
        if (!known && strict) {
            throw noPart(definition, part);
        }
        return new Target(target, filter, known);
    }

    /** Entra's reference checks and some mappings name the manager without its schema. */
    private static Optional<AttributeDefinition> definition(AttributePath attribute, ResourceType resource) {
        return resource.find(attribute.urn(), attribute.name(), null)
                .or(() -> attribute.isCore() && attribute.name().equalsIgnoreCase("manager")
                        ? resource.extensions().stream()
                                .flatMap(extension -> extension.attribute(attribute.name()).stream())
                                .findFirst()
                        : Optional.empty());
    }

    private static void requireMultiValued(AttributeDefinition definition) {
        if (definition.multiValued()) {
            return;
        }
        throw ScimException.noTarget(
                definition.type() == Type.COMPLEX
                        ? "Attribute " + definition.name() + " has a single value, which a filter cannot select"
                        // The text of the SDK that Miro is believed to use.
                        : "Attribute " + definition.name() + " does not have a multi-valued or complex value");
    }

    private static void requireParts(AttributeDefinition definition, Filter filter) {
        switch (filter) {
            case Filter.And(Filter left, Filter right) -> {
                requireParts(definition, left);
                requireParts(definition, right);
            }
            case Filter.Or(Filter left, Filter right) -> {
                requireParts(definition, left);
                requireParts(definition, right);
            }
            case Filter.Not(Filter negated) -> requireParts(definition, negated);
            case Filter.Comparison(AttributePath part, var _, var _) -> requirePart(definition, part);
            case Filter.Present(AttributePath part) -> requirePart(definition, part);
            case Filter.ValuePath(AttributePath part, Filter _) -> requirePart(definition, part);
        }
    }

    private static void requirePart(AttributeDefinition definition, AttributePath part) {
        if (!hasPart(definition, part.toString())) {
            throw noPart(definition, part.toString());
        }
    }

    private static boolean hasPart(AttributeDefinition definition, String part) {
        String name = Texts.folded(definition.name());
        String key = Texts.folded(part);
        return definition.subAttribute(part).isPresent()
                || UNSUPPORTED_PARTS.getOrDefault(name, Set.of()).contains(key)
                || definition.multiValued() && PARTS_OF_ELEMENTS.contains(key);
    }

    private static ScimException noPart(AttributeDefinition definition, String part) {
        return ScimException.invalidPath(
                "Attribute " + definition.name() + " has no sub-attribute '" + Texts.shortened(part) + "'");
    }
}

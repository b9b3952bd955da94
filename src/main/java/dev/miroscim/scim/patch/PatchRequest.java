package dev.miroscim.scim.patch;

import dev.miroscim.directory.Texts;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.filter.Path;
import dev.miroscim.scim.patch.Operation.Kind;
import dev.miroscim.scim.schema.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The body of a PATCH, split into operations that each have a path. */
public final class PatchRequest {

    private PatchRequest() {}

    /**
     * Reads the operations of a PATCH. An operation without a path becomes one operation for each attribute of its
     * value. The keys of the value can be paths: Entra writes {@code "name.givenName"} and whole URNs.
     */
    public static List<Operation> parse(JsonNode body, ResourceType resource) {
        JsonNode operations = Json.member(body, "Operations");
        if (!operations.isArray() || operations.isEmpty()) {
            throw ScimException.invalidSyntax("A PATCH needs Operations, a list of at least one operation");
        }
        List<Operation> parsed = new ArrayList<>();
        for (JsonNode operation : operations) {
            parse(operation, resource, parsed);
        }
        return parsed;
    }

    private static void parse(JsonNode operation, ResourceType resource, List<Operation> parsed) {
        if (!operation.isObject()) {
            throw ScimException.invalidSyntax("An operation must be an object with op, path and value");
        }
        Kind kind = kind(Json.member(operation, "op"));
        JsonNode path = Json.member(operation, "path");
        JsonNode value = Json.member(operation, "value");
        if (!path.isMissingNode() && !path.isNull() && !path.isString()) {
            throw ScimException.invalidPath("The path of an operation must be a string");
        }
        boolean hasPath = path.isString() && !path.stringValue().isBlank();
        if (kind != Kind.REMOVE && value.isMissingNode()) {
            throw ScimException.invalidValue("An add or replace operation needs a value");
        }
        if (hasPath) {
            Path written = Path.parse(path.stringValue(), resource);
            flatten(kind, Target.of(written, resource), value, resource, parsed);
        } else if (kind == Kind.REMOVE) {
            throw ScimException.noTarget("A remove operation needs a path");
        } else if (!value.isObject()) {
            throw ScimException.invalidValue(
                    "The value of an operation without a path must be an object of attributes");
        } else {
            for (Map.Entry<String, JsonNode> attribute : value.properties()) {
                Target.named(attribute.getKey(), resource)
                        .ifPresent(target -> flatten(kind, target, attribute.getValue(), resource, parsed));
            }
        }
    }

    /** Replaces an extension's URN by those of its attributes that the value contains. */
    private static void flatten(
            Kind kind, Target target, JsonNode value, ResourceType resource, List<Operation> parsed) {
        if (!target.attribute().isWholeSchema() || !value.isObject()) {
            parsed.add(new Operation(kind, target, value));
            return;
        }
        for (Map.Entry<String, JsonNode> attribute : value.properties()) {
            Target.named(target.attribute().urn() + ":" + attribute.getKey(), resource)
                    .ifPresent(part -> parsed.add(new Operation(kind, part, attribute.getValue())));
        }
    }

    private static Kind kind(JsonNode op) {
        String name = op.isString() ? op.stringValue().toLowerCase(Locale.ROOT) : "";
        return switch (name) {
            case "add" -> Kind.ADD;
            case "replace" -> Kind.REPLACE;
            case "remove" -> Kind.REMOVE;
            default ->
                throw ScimException.invalidSyntax("op must be add, replace or remove, not "
                        + (op instanceof MissingNode ? "missing" : Texts.shortened(op.toString())));
        };
    }
}

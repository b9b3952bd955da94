package dev.miroscim.scim.patch;

import dev.miroscim.directory.Texts;
import dev.miroscim.scim.ScimException;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Reads JSON values in the forms that identity providers send. */
public final class Json {

    private Json() {}

    /** The member with this name in any case; a missing node if there is none or {@code node} is not an object. */
    public static JsonNode member(JsonNode node, String name) {
        JsonNode exact = node.path(name);
        if (!exact.isMissingNode()) {
            return exact;
        }
        for (Map.Entry<String, JsonNode> member : node.properties()) {
            if (member.getKey().equalsIgnoreCase(name)) {
                return member.getValue();
            }
        }
        return MissingNode.getInstance();
    }

    /**
     * Reads a text. Entra's older jobs wrap single values as {@code [{"$ref":null,"value":"x"}]}, other clients as
     * {@code [x]} or {@code {"value":"x"}}. Numbers and booleans become text as written.
     *
     * @return null for null and for an empty wrapper
     */
    public static @Nullable String text(String attribute, JsonNode value) {
        JsonNode scalar = unwrapped(value);
        if (scalar.isNull() || scalar.isMissingNode()) {
            return null;
        }
        if (!scalar.isValueNode()) {
            throw ScimException.invalidValue(attribute + " must be a string, not " + Texts.shortened(value.toString()));
        }
        String text = scalar.asString();
        if (!isStorable(text)) {
            throw ScimException.invalidValue(attribute + " contains a character that is not valid in texts");
        }
        return text;
    }

    /** Whether a value is empty: null, an empty text or list, or a wrapper around one of them. */
    public static boolean isNothing(JsonNode value) {
        JsonNode scalar = unwrapped(value);
        return scalar.isNull()
                || scalar.isMissingNode()
                || scalar.isString() && scalar.stringValue().isEmpty();
    }

    /** The element of a list with one element, or else {@code value} itself. */
    public static JsonNode single(JsonNode value) {
        return value.isArray() && value.size() == 1 ? value.get(0) : value;
    }

    /**
     * Reads a boolean, including the texts {@code "True"} and {@code "False"} that Entra sends.
     *
     * @return null for null and for an empty wrapper
     */
    public static @Nullable Boolean bool(String attribute, JsonNode value) {
        JsonNode scalar = unwrapped(value);
        if (scalar.isNull() || scalar.isMissingNode()) {
            return null;
        }
        if (scalar.isBoolean()) {
            return scalar.booleanValue();
        }
        String text = scalar.isString() ? scalar.stringValue().strip().toLowerCase(Locale.ROOT) : "";
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default ->
                throw ScimException.invalidValue(
                        attribute + " must be true or false, not " + Texts.shortened(value.toString()));
        };
    }

    /** Whether PostgreSQL can store the text: it accepts neither U+0000 nor half of a surrogate pair. */
    static boolean isStorable(String text) {
        return text.codePoints().noneMatch(c -> c == 0 || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    private static JsonNode unwrapped(JsonNode value) {
        if (value.isArray() && value.size() <= 1) {
            return value.isEmpty() ? MissingNode.getInstance() : unwrapped(value.get(0));
        }
        if (value.isObject() && !member(value, "value").isMissingNode()) {
            return unwrapped(member(value, "value"));
        }
        return value;
    }
}

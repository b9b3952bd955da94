package dev.miroscim.scim.filter;

import dev.miroscim.directory.Texts;
import dev.miroscim.scim.filter.FilterException.Kind;
import dev.miroscim.scim.schema.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The name of an attribute or of a sub-attribute, in the caller's spelling.
 *
 * @param urn the schema of an extension's attribute; null for core attributes, with or without a URN
 * @param name the attribute; empty if the text is only the URN of a known schema, which means the whole schema
 * @param subAttribute the sub-attribute of a complex attribute, if named
 */
public record AttributePath(
        @Nullable String urn, String name, @Nullable String subAttribute) {

    /**
     * Reads a single name, as in {@code sortBy}.
     *
     * @throws FilterException of kind {@link Kind#ATTRIBUTES}
     */
    public static AttributePath parse(String text) {
        return new Parser(text, Kind.ATTRIBUTES, null).attributePath();
    }

    /**
     * Reads a single name that belongs to {@code resource}, as in {@code sortBy}.
     *
     * @throws FilterException of kind {@link Kind#ATTRIBUTES}
     */
    public static AttributePath parse(String text, ResourceType resource) {
        return new Parser(text, Kind.ATTRIBUTES, resource).attributePath();
    }

    /** Whether this is the attribute {@code dotted}, such as {@code name.givenName}, in any case. */
    public boolean is(String dotted) {
        return toString().equalsIgnoreCase(dotted);
    }

    /** The name in lower case, such as {@code name.givenname}, for look-ups. */
    public String key() {
        return Texts.folded(toString());
    }

    /** Whether it means the whole schema {@link #urn} and not one attribute. */
    public boolean isWholeSchema() {
        return name.isEmpty();
    }

    /** Whether it belongs to a core schema and not to an extension. */
    public boolean isCore() {
        return urn == null || SchemaUrn.startOf(urn).map(SchemaUrn::isCore).orElse(false);
    }

    /** The name in SCIM's syntax. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        if (urn != null) {
            text.append(urn).append(isWholeSchema() ? "" : ":");
        }
        text.append(name);
        if (subAttribute != null) {
            text.append('.').append(subAttribute);
        }
        return text.toString();
    }
}

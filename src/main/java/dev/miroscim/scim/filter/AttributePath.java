package dev.miroscim.scim.filter;

import dev.miroscim.directory.Texts;
import dev.miroscim.scim.filter.FilterException.Kind;
import dev.miroscim.scim.schema.ResourceType;
import org.jspecify.annotations.Nullable;

/**
 * The name of an attribute or of a sub-attribute, spelled as the caller spelled it.
 *
 * @param urn the schema of an extension's attribute; null for core attributes, whether their URN was written or not
 * @param name the attribute; empty where a known schema's URN stands alone and so means all that the schema holds
 * @param subAttribute the part of a complex attribute, if one is named
 */
public record AttributePath(
        @Nullable String urn, String name, @Nullable String subAttribute) {

    /**
     * Reads a name that stands alone, as in {@code sortBy}.
     *
     * @throws FilterException of kind {@link Kind#ATTRIBUTES}
     */
    public static AttributePath parse(String text) {
        return new Parser(text, Kind.ATTRIBUTES, null).attributePath();
    }

    /**
     * Reads a name that stands alone and belongs to {@code resource}, as in {@code sortBy}.
     *
     * @throws FilterException of kind {@link Kind#ATTRIBUTES}
     */
    public static AttributePath parse(String text, ResourceType resource) {
        return new Parser(text, Kind.ATTRIBUTES, resource).attributePath();
    }

    /** Whether this is the attribute {@code dotted}, such as {@code name.givenName}; case does not count. */
    public boolean is(String dotted) {
        return toString().equalsIgnoreCase(dotted);
    }

    /** The name in lower case, such as {@code name.givenname}, for look-ups. */
    public String key() {
        return Texts.folded(toString());
    }

    /** Whether it names no attribute but everything in the schema {@link #urn}. */
    public boolean isWholeSchema() {
        return name.isEmpty();
    }

    /** Whether it belongs to the core schema of users or groups, and not to an extension. */
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

package dev.miroscim.scim.filter;

import dev.miroscim.scim.filter.FilterException.Kind;
import dev.miroscim.scim.schema.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a PATCH operation points at.
 *
 * @param attribute the attribute, together with its sub-attribute where no filter stands between:
 *     {@code name.givenName}
 * @param filter which elements of a multi-valued attribute are meant; null for all
 * @param subAttribute the part of those elements that is meant, as in {@code emails[type eq "work"].value}; null for
 *     all of an element, and always without a filter
 */
public record Path(
        AttributePath attribute,
        @Nullable Filter filter,
        @Nullable String subAttribute) {

    /**
     * Reads the path of a PATCH operation.
     *
     * @throws FilterException of kind {@link Kind#PATH}, whether the path or a filter in it is at fault
     */
    public static Path parse(String text) {
        return new Parser(text, Kind.PATH, null).path();
    }

    /**
     * Reads the path of a PATCH operation on {@code resource}, whose attributes alone may have the URN of a schema.
     *
     * @throws FilterException of kind {@link Kind#PATH}, whether the path or a filter in it is at fault
     */
    public static Path parse(String text, ResourceType resource) {
        return new Parser(text, Kind.PATH, resource).path();
    }

    /**
     * Reads a list of names with commas between, as in {@code attributes}. Empty entries are left out.
     *
     * @param resource what has the attributes; null where the text may speak of any
     * @throws FilterException of kind {@link Kind#ATTRIBUTES}
     */
    public static List<Path> parseList(String text, @Nullable ResourceType resource) {
        return new Parser(text, Kind.ATTRIBUTES, resource).paths();
    }

    /** Where the path leads, whichever elements it chooses on the way: {@code emails.value}. */
    public AttributePath target() {
        return subAttribute == null ? attribute : new AttributePath(attribute.urn(), attribute.name(), subAttribute);
    }

    /** The path in SCIM's syntax. */
    @Override
    public String toString() {
        return attribute
                + (filter == null ? "" : "[" + filter + "]")
                + (subAttribute == null ? "" : "." + subAttribute);
    }
}

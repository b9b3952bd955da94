package dev.miroscim.scim.filter;

import dev.miroscim.scim.filter.FilterException.Kind;
import dev.miroscim.scim.schema.ResourceType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of a PATCH operation.
 *
 * @param attribute the attribute, including its sub-attribute if no filter stands between them: {@code name.givenName}
 * @param filter selects elements of a multi-valued attribute; null for all
 * @param subAttribute the sub-attribute of the selected elements, as in {@code emails[type eq "work"].value}; null for
 *     the whole element, and always null without a filter
 */
public record Path(
        AttributePath attribute,
        @Nullable Filter filter,
        @Nullable String subAttribute) {

    /**
     * Reads the path of a PATCH operation.
     *
     * @throws FilterException of kind {@link Kind#PATH}, also for a mistake in its filter
     */
    public static Path parse(String text) {
        return new Parser(text, Kind.PATH, null).path();
    }

    /**
     * Reads the path of a PATCH operation on {@code resource}; a URN in it must belong to that resource's schemas.
     *
     * @throws FilterException of kind {@link Kind#PATH}, also for a mistake in its filter
     */
    public static Path parse(String text, ResourceType resource) {
        return new Parser(text, Kind.PATH, resource).path();
    }

    /**
     * Reads a comma-separated list of names, as in {@code attributes}, and skips empty entries.
     *
     * @param resource the resource whose attributes the text names; null for any
     * @throws FilterException of kind {@link Kind#ATTRIBUTES}
     */
    public static List<Path> parseList(String text, @Nullable ResourceType resource) {
        return new Parser(text, Kind.ATTRIBUTES, resource).paths();
    }

    /** The attribute at the end of the path, without its filter: {@code emails.value}. */
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

package dev.miroscim.scim.query;

import dev.miroscim.directory.Sql;
import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import java.util.Optional;

/** Maps the attributes of a resource, or of an element in it, to the database. */
public interface Attributes {

    /** The values of a multi-valued attribute. */
    interface Elements {

        /** Whether at least one element matches the filter, which uses the element's sub-attributes. */
        Sql any(Filter filter);

        /**
         * Whether no element matches. This differs from {@code not any} where a sub-attribute can be null, because SQL
         * then has a third result, unknown.
         */
        Sql none(Filter filter);

        /** Whether there is an element. */
        Sql any();
    }

    /** The single value of a path. An unknown path has no value in any resource. */
    Operand operand(AttributePath path);

    /**
     * The elements of the multi-valued attribute at the start of the path; empty if the path starts with another
     * attribute.
     */
    Optional<Elements> elements(AttributePath path);
}

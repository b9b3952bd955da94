package dev.miroscim.scim.query;

import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import jakarta.persistence.criteria.Predicate;
import java.util.Optional;

/** Where the attributes of one kind of resource, or of an element in one, are found in the database. */
public interface Attributes {

    /** The values of a multi-valued attribute. */
    interface Elements {

        /** Whether one of them fulfils the filter, whose attributes are the element's. */
        Predicate any(Filter filter);

        /**
         * Whether none of them does. It is more than {@code not any} where a part may be missing: SQL knows a third
         * answer.
         */
        Predicate none(Filter filter);

        /** Whether there is one. */
        Predicate any();
    }

    /** The single value that a path means. A path that nobody knows means one that is never there. */
    Operand operand(AttributePath path);

    /** The values of the multi-valued attribute that a path begins with; empty if it begins with another attribute. */
    Optional<Elements> elements(AttributePath path);
}

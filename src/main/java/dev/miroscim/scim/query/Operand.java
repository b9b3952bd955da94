package dev.miroscim.scim.query;

import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;

/** One side of a comparison: a column, or something that every resource has the same. */
public interface Operand {

    /** What a comparison comes to in SQL; may come to unknown where there is no value. */
    Predicate compare(CriteriaBuilder sql, Operator operator, Literal literal);

    /** Whether there is a value. */
    Predicate present(CriteriaBuilder sql);

    /** What to order by, if a list can be ordered by this. */
    Expression<?> sortKey(CriteriaBuilder sql);
}

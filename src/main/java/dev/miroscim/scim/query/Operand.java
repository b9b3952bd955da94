package dev.miroscim.scim.query;

import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import org.jspecify.annotations.Nullable;

/** One side of a comparison: a column, or something that every resource has the same. */
public interface Operand {

    /** What a comparison other than {@code ne} comes to in SQL; may come to unknown where there is no value. */
    Predicate compare(Sql sql, Operator operator, Literal literal);

    /** Whether there is a value; there always is one, unless an operand says otherwise. */
    default Predicate present(Sql sql) {
        return sql.always();
    }

    /** What to order by, if a list can be ordered by this; null if all resources have the same. */
    @Nullable
    Expression<?> sortKey(Sql sql);
}

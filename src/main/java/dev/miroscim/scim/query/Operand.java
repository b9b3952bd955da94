package dev.miroscim.scim.query;

import dev.miroscim.directory.Sql;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import org.jspecify.annotations.Nullable;

/** One side of a comparison: a column, or a value that is the same for every resource. */
public interface Operand {

    /** The SQL for every comparison except {@code ne}; it can be unknown if there is no value. */
    Sql compare(Operator operator, Literal literal);

    /** Whether there is a value; there always is one, unless an operand says otherwise. */
    default Sql present() {
        return Sql.TRUE;
    }

    /** The expression to sort by; null if all resources have the same value. */
    @Nullable
    Sql sortKey();
}

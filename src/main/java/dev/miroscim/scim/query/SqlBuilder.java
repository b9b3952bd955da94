package dev.miroscim.scim.query;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/**
 * What conditions are made of. What a client sends is always a parameter, so that the same filter with another value is
 * the same statement; and what is true or false of every row leaves no trace where something else is asked too, because
 * PostgreSQL turns {@code exists} into a join over an index only where it stands alone.
 */
public final class SqlBuilder {

    private final HibernateCriteriaBuilder builder;
    private final Predicate always;
    private final Predicate never;

    public SqlBuilder(CriteriaBuilder builder) {
        this.builder = (HibernateCriteriaBuilder) builder;
        this.always = builder.conjunction();
        this.never = builder.disjunction();
    }

    public HibernateCriteriaBuilder builder() {
        return builder;
    }

    /** Something that a client sent. */
    public <T> Expression<T> value(T value) {
        return builder.value(value);
    }

    /** A name that the program has for something, which the statement may contain: partial indexes ask for it. */
    public <T> Expression<T> constant(T constant) {
        return builder.literal(constant);
    }

    public Predicate always() {
        return always;
    }

    public Predicate never() {
        return never;
    }

    public Predicate when(boolean condition) {
        return condition ? always : never;
    }

    public Predicate and(Predicate left, Predicate right) {
        if (left == never || right == always) {
            return left;
        }
        return left == always || right == never ? right : builder.and(left, right);
    }

    public Predicate or(Predicate left, Predicate right) {
        if (left == always || right == never) {
            return left;
        }
        return left == never || right == always ? right : builder.or(left, right);
    }

    public Predicate not(Predicate predicate) {
        return predicate == always ? never : predicate == never ? always : builder.not(predicate);
    }
}

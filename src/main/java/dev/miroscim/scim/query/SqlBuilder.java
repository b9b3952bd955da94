package dev.miroscim.scim.query;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Predicate;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;

/**
 * Builds the parts of conditions. Client values are always parameters, so that filters that differ only in their values
 * share one statement. Conditions that are always true or false are dropped from a conjunction, because PostgreSQL
 * turns {@code exists} into an indexed join only where it stands alone.
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

    /** A value from a client. */
    public <T> Expression<T> value(T value) {
        return builder.value(value);
    }

    /** A constant of the program, written into the statement because partial indexes require it. */
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

package dev.miroscim.scim.query;

import dev.miroscim.scim.filter.AttributePath;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.filter.Filter.And;
import dev.miroscim.scim.filter.Filter.Comparison;
import dev.miroscim.scim.filter.Filter.Not;
import dev.miroscim.scim.filter.Filter.Or;
import dev.miroscim.scim.filter.Filter.Present;
import dev.miroscim.scim.filter.Filter.ValuePath;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import jakarta.persistence.criteria.Predicate;

/**
 * Translates a filter into an SQL condition that is true or false for every row and never unknown: a missing value
 * matches only {@code ne} and {@code not}. For this reason, negations are pushed down to the comparisons.
 */
public final class Conditions {

    private final SqlBuilder sql;
    private final Attributes attributes;

    public Conditions(SqlBuilder sql, Attributes attributes) {
        this.sql = sql;
        this.attributes = attributes;
    }

    public Predicate of(Filter filter) {
        return of(filter, false);
    }

    /** The negation of the filter. */
    public Predicate not(Filter filter) {
        return of(filter, true);
    }

    private Predicate of(Filter filter, boolean negated) {
        return switch (filter) {
            case And(Filter left, Filter right) ->
                negated ? sql.or(of(left, true), of(right, true)) : sql.and(of(left, false), of(right, false));
            case Or(Filter left, Filter right) ->
                negated ? sql.and(of(left, true), of(right, true)) : sql.or(of(left, false), of(right, false));
            case Not(Filter inner) -> of(inner, !negated);
            case ValuePath(AttributePath path, Filter element) ->
                attributes
                        .elements(path)
                        .map(elements -> negated ? elements.none(element) : elements.any(element))
                        .orElseGet(() -> sql.when(negated));
            case Present(AttributePath path) -> negatedIf(negated, present(path));
            case Comparison(AttributePath path, Operator operator, Literal literal) ->
                compare(path, operator, literal, negated);
        };
    }

    private Predicate present(AttributePath path) {
        return attributes
                .elements(path)
                .map(elements -> path.subAttribute() == null ? elements.any() : elements.any(new Present(part(path))))
                .orElseGet(() -> attributes.operand(path).present(sql));
    }

    private Predicate compare(AttributePath path, Operator operator, Literal literal, boolean negated) {
        if (literal instanceof Literal.Null) {
            boolean wantsNone = operator == Operator.EQ;
            return negatedIf(wantsNone != negated, present(path));
        }
        return attributes
                .elements(path)
                .map(elements -> compareAny(elements, new Comparison(part(path), operator, literal), negated))
                .orElseGet(() -> compare(attributes.operand(path), operator, literal, negated));
    }

    /** One matching element is enough, also for {@code ne} (RFC 7644, section 3.4.2.2). */
    private Predicate compareAny(Attributes.Elements elements, Comparison comparison, boolean negated) {
        if (comparison.operator() != Operator.NE) {
            return negated ? elements.none(comparison) : elements.any(comparison);
        }
        return negated
                ? sql.and(elements.any(), elements.none(comparison))
                : sql.or(sql.not(elements.any()), elements.any(comparison));
    }

    private Predicate compare(Operand operand, Operator operator, Literal literal, boolean negated) {
        if (operator == Operator.NE) {
            return compare(operand, Operator.EQ, literal, !negated);
        }
        Predicate comparison = operand.compare(sql, operator, literal);
        return negated ? sql.or(sql.not(operand.present(sql)), sql.not(comparison)) : comparison;
    }

    /** The sub-attribute to compare: the named one, or {@code value}. */
    public static AttributePath part(AttributePath path) {
        String part = path.subAttribute();
        return new AttributePath(null, part == null ? "value" : part, null);
    }

    private Predicate negatedIf(boolean negated, Predicate predicate) {
        return negated ? sql.not(predicate) : predicate;
    }
}

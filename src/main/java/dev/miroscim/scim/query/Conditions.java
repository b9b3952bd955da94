package dev.miroscim.scim.query;

import dev.miroscim.directory.Sql;
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

/**
 * Translates a filter into an SQL condition that is true or false for every row and never unknown: a missing value
 * matches only {@code ne} and {@code not}. For this reason, negations are pushed down to the comparisons.
 */
public final class Conditions {

    private final Attributes attributes;

    public Conditions(Attributes attributes) {
        this.attributes = attributes;
    }

    public Sql of(Filter filter) {
        return of(filter, false);
    }

    /** The negation of the filter. */
    public Sql not(Filter filter) {
        return of(filter, true);
    }

    private Sql of(Filter filter, boolean negated) {
        return switch (filter) {
            case And(Filter left, Filter right) ->
                negated ? of(left, true).or(of(right, true)) : of(left, false).and(of(right, false));
            case Or(Filter left, Filter right) ->
                negated ? of(left, true).and(of(right, true)) : of(left, false).or(of(right, false));
            case Not(Filter inner) -> of(inner, !negated);
            case ValuePath(AttributePath path, Filter element) ->
                attributes
                        .elements(path)
                        .map(elements -> negated ? elements.none(element) : elements.any(element))
                        .orElseGet(() -> Sql.when(negated));
            case Present(AttributePath path) -> negatedIf(negated, present(path));
            case Comparison(AttributePath path, Operator operator, Literal literal) ->
                compare(path, operator, literal, negated);
        };
    }

    private Sql present(AttributePath path) {
        return attributes
                .elements(path)
                .map(elements -> path.subAttribute() == null ? elements.any() : elements.any(new Present(part(path))))
                .orElseGet(() -> attributes.operand(path).present());
    }

    private Sql compare(AttributePath path, Operator operator, Literal literal, boolean negated) {
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
    private Sql compareAny(Attributes.Elements elements, Comparison comparison, boolean negated) {
        if (comparison.operator() != Operator.NE) {
            return negated ? elements.none(comparison) : elements.any(comparison);
        }
        return negated
                ? elements.any().and(elements.none(comparison))
                : elements.any().not().or(elements.any(comparison));
    }

    private Sql compare(Operand operand, Operator operator, Literal literal, boolean negated) {
        if (operator == Operator.NE) {
            return compare(operand, Operator.EQ, literal, !negated);
        }
        Sql comparison = operand.compare(operator, literal);
        return negated ? operand.present().not().or(comparison.not()) : comparison;
    }

    /** The sub-attribute to compare: the named one, or {@code value}. */
    public static AttributePath part(AttributePath path) {
        String part = path.subAttribute();
        return new AttributePath(null, part == null ? "value" : part, null);
    }

    private static Sql negatedIf(boolean negated, Sql condition) {
        return negated ? condition.not() : condition;
    }
}

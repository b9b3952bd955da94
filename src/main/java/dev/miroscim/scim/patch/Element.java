package dev.miroscim.scim.patch;

import dev.miroscim.directory.Texts;
import dev.miroscim.scim.filter.Filter;
import dev.miroscim.scim.filter.Literal;
import dev.miroscim.scim.filter.Operator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One element of a multi-valued attribute, for matching against a filter in brackets.
 *
 * @param values its sub-attributes by their names in lower case
 */
public record Element(Map<String, String> values) {

    /** @param namesAndValues name, value, name, value …; a name whose value is null is left out */
    public static Element of(@Nullable String... namesAndValues) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String name = namesAndValues[i];
            String value = namesAndValues[i + 1];
            if (name != null && value != null) {
                values.put(name, value);
            }
        }
        return new Element(values);
    }

    /**
     * The sub-attributes of a new element that {@code filter} would select, as far as its {@code eq} comparisons say.
     */
    public static Element seededBy(Filter filter) {
        Map<String, String> values = new LinkedHashMap<>();
        seed(filter, values);
        return new Element(values);
    }

    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** Whether {@code filter} selects this element, in any case; {@code "True"} counts as a boolean. */
    public boolean matches(Filter filter) {
        return switch (filter) {
            case Filter.And(Filter left, Filter right) -> matches(left) && matches(right);
            case Filter.Or(Filter left, Filter right) -> matches(left) || matches(right);
            case Filter.Not(Filter negated) -> !matches(negated);
            case Filter.Present(var attribute) -> values.containsKey(attribute.key());
            case Filter.Comparison(var attribute, Operator operator, Literal literal) ->
                is(attribute.key(), operator, literal);
            case Filter.ValuePath _ -> false;
        };
    }

    /** Whether the comparison of the named sub-attribute with the literal is true. */
    public boolean is(String name, Operator operator, Literal literal) {
        String value = values.get(name);
        if (value == null || literal instanceof Literal.Null) {
            boolean bothAbsent = value == null && literal instanceof Literal.Null;
            return operator == Operator.NE ? !bothAbsent : operator == Operator.EQ && bothAbsent;
        }
        String actual = Texts.folded(value);
        String wanted = Texts.folded(literal.text());
        return switch (operator) {
            case EQ -> actual.equals(wanted);
            case NE -> !actual.equals(wanted);
            case CO -> actual.contains(wanted);
            case SW -> actual.startsWith(wanted);
            case EW -> actual.endsWith(wanted);
            case GT -> actual.compareTo(wanted) > 0;
            case GE -> actual.compareTo(wanted) >= 0;
            case LT -> actual.compareTo(wanted) < 0;
            case LE -> actual.compareTo(wanted) <= 0;
        };
    }

    private static void seed(Filter filter, Map<String, String> values) {
        switch (filter) {
            case Filter.And(Filter left, Filter right) -> {
                seed(left, values);
                seed(right, values);
            }
            case Filter.Comparison(var attribute, Operator operator, Literal literal)
            when operator == Operator.EQ -> values.put(attribute.key(), literal.text());
            default -> {}
        }
    }
}

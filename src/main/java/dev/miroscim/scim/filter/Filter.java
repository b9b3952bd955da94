package dev.miroscim.scim.filter;

import dev.miroscim.scim.filter.FilterException.Kind;
import dev.miroscim.scim.schema.ResourceType;

/** A condition on resources, or, inside a {@link ValuePath}, on elements of an attribute. */
public sealed interface Filter {

    /**
     * Reads a filter on any kind of resource.
     *
     * @throws FilterException of kind {@link Kind#FILTER}
     */
    static Filter parse(String text) {
        return new Parser(text, Kind.FILTER, null).filter();
    }

    /**
     * Reads a filter on {@code resource}; a URN in it must belong to that resource's schemas.
     *
     * @throws FilterException of kind {@link Kind#FILTER}
     */
    static Filter parse(String text, ResourceType resource) {
        return new Parser(text, Kind.FILTER, resource).filter();
    }

    record And(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return operand(left, left instanceof Or) + " and "
                    + operand(right, right instanceof And || right instanceof Or);
        }
    }

    record Or(Filter left, Filter right) implements Filter {
        @Override
        public String toString() {
            return operand(left, false) + " or " + operand(right, right instanceof Or);
        }
    }

    record Not(Filter filter) implements Filter {
        @Override
        public String toString() {
            return "not " + operand(filter, true);
        }
    }

    record Comparison(AttributePath attribute, Operator operator, Literal value) implements Filter {
        @Override
        public String toString() {
            return attribute + " " + operator + " " + value;
        }
    }

    /** The attribute has a value. */
    record Present(AttributePath attribute) implements Filter {
        @Override
        public String toString() {
            return attribute + " pr";
        }
    }

    /**
     * At least one element of {@code attribute} matches all of {@code filter}, which uses the element's sub-attributes.
     * Entra's {@code emails[type eq "work"].value eq "x"} becomes {@code emails[type eq "work" and value eq "x"]}.
     */
    record ValuePath(AttributePath attribute, Filter filter) implements Filter {
        @Override
        public String toString() {
            return attribute + "[" + filter + "]";
        }
    }

    private static String operand(Filter filter, boolean inParentheses) {
        return inParentheses ? "(" + filter + ")" : filter.toString();
    }
}

package dev.miroscim.scim.filter;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A comparison of an attribute with a value. {@code pr}, which has no value, is {@link Filter.Present}. */
public enum Operator {
    EQ,
    NE,
    CO,
    SW,
    EW,
    GT,
    GE,
    LT,
    LE;

    static Optional<Operator> of(String word) {
        return Arrays.stream(values())
                .filter(operator -> operator.name().equalsIgnoreCase(word))
                .findFirst();
    }

    /** Whether it compares by order, which booleans and null do not have. */
    boolean isOrdering() {
        return this == GT || this == GE || this == LT || this == LE;
    }

    /** Whether it searches for a part of a text. */
    public boolean isSubstring() {
        return this == CO || this == SW || this == EW;
    }

    /** The operator as filters spell it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

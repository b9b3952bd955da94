package dev.miroscim.scim.filter;

import java.math.BigDecimal;
import java.util.Optional;

/** The value in a comparison. */
public sealed interface Literal {

    /** A quoted string, or an unquoted word that is not another kind of literal. */
    record Text(String value) implements Literal {
        @Override
        public String toString() {
            return quoted(value);
        }
    }

    record Bool(boolean value) implements Literal {
        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * An unquoted number in plain notation. One with an exponent is a {@link Text}, because clients also send
     * identifiers such as {@code 12e45678} without quotes, whose spelling must stay.
     */
    record Num(BigDecimal value) implements Literal {
        @Override
        public String toString() {
            return text();
        }
    }

    record Null() implements Literal {
        @Override
        public String toString() {
            return text();
        }
    }

    /**
     * The value as text, numbers as they were written: ids have 19 digits, and clients send them with and without
     * quotes.
     */
    default String text() {
        return switch (this) {
            case Text(String value) -> value;
            case Bool(boolean value) -> Boolean.toString(value);
            case Num(BigDecimal value) -> value.toPlainString();
            case Null() -> "null";
        };
    }

    /**
     * The value as a boolean, including texts such as {@code "True"} in any case: Entra sends
     * {@code primary eq "True"}.
     */
    default Optional<Boolean> asBoolean() {
        return switch (this) {
            case Bool(boolean value) -> Optional.of(value);
            case Text(String value) when value.equalsIgnoreCase("true") -> Optional.of(true);
            case Text(String value) when value.equalsIgnoreCase("false") -> Optional.of(false);
            case Text _, Num _, Null _ -> Optional.empty();
        };
    }

    private static String quoted(String value) {
        StringBuilder json = new StringBuilder(value.length() + 2).append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                json.append('\\').append(c);
            } else if (c < ' ') {
                json.append(String.format("\\u%04x", (int) c));
            } else {
                json.append(c);
            }
        }
        return json.append('"').toString();
    }
}

package dev.miroscim.scim.filter;

import java.math.BigDecimal;
import java.util.Optional;

/** The value that a filter compares with. */
public sealed interface Literal {

    /** A quoted string, or an unquoted word that is nothing else. */
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
     * An unquoted number in plain notation. One with an exponent is a {@link Text}: identifiers such as
     * {@code 12e45678} come unquoted too, and must keep their spelling.
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

    /** The value as text, a number exactly as it was written: ids have 19 digits and come with and without quotes. */
    default String text() {
        return switch (this) {
            case Text(String value) -> value;
            case Bool(boolean value) -> Boolean.toString(value);
            case Num(BigDecimal value) -> value.toPlainString();
            case Null() -> "null";
        };
    }

    /** The value as a boolean; Entra sends {@code primary eq "True"}, so a text may be one, in any case. */
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

package dev.miroscim.directory;

import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

/** How long texts may be, in characters (Unicode code points). */
final class Lengths {

    private Lengths() {}

    static void check(String attribute, String value, int most) {
        int length = of(value);
        if (length > most) {
            throw MiroRule.VALUE_LENGTH.refusal(
                    INVALID_VALUE,
                    attribute,
                    "%s has %d characters and may have %d".formatted(attribute, length, most));
        }
    }

    static int of(String value) {
        return value.codePointCount(0, value.length());
    }
}

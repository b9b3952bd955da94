package dev.miroscim.directory;

import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

/** How long texts may be, in characters (Unicode code points), and how they are looked for. */
public final class Texts {

    private static final int LONGEST_ECHO = 100;

    private Texts() {}

    /** {@code text}, cut to a length at which it can be shown in an error. */
    public static String shortened(String text) {
        return length(text) <= LONGEST_ECHO ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_ECHO)) + "…";
    }

    static void check(String attribute, String value, int most) {
        int length = length(value);
        if (length > most) {
            throw MiroRule.VALUE_LENGTH.refusal(
                    INVALID_VALUE,
                    attribute,
                    "%s has %d characters and may have %d".formatted(attribute, length, most));
        }
    }

    /** What {@code like} calls a text that contains {@code part}; its escape character is the backslash. */
    static String containing(String part) {
        return "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    static int length(String value) {
        return value.codePointCount(0, value.length());
    }
}

package dev.miroscim.directory;

import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import java.text.Normalizer;
import java.util.Locale;

/** Texts as Miro keeps them; lengths are in characters (Unicode code points). */
public final class Texts {

    private static final int LONGEST_ECHO = 100;

    private Texts() {}

    /** {@code text}, cut to a length at which it can be shown in an error. */
    public static String shortened(String text) {
        return length(text) <= LONGEST_ECHO ? text : text.substring(0, text.offsetByCodePoints(0, LONGEST_ECHO)) + "…";
    }

    /** {@code text} in Unicode's composed form (NFC), so that names that look equal are equal. */
    public static String composed(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** {@code text} as names and addresses are compared: without regard to case. */
    public static String folded(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    public static void check(String attribute, String value, int most) {
        int length = length(value);
        if (length > most) {
            throw MiroRule.VALUE_LENGTH.refusal(
                    INVALID_VALUE,
                    attribute,
                    "%s has %d characters and may have %d".formatted(attribute, length, most));
        }
    }

    /** The pattern of {@code like} for a text that contains {@code part}, escaped by backslashes. */
    public static String containing(String part) {
        return "%" + part.replaceAll("([\\\\%_])", "\\\\$1") + "%";
    }

    public static int length(String value) {
        return value.codePointCount(0, value.length());
    }
}

package dev.miroscim.directory;

import static dev.miroscim.directory.MiroRule.GROUP_NAME_REQUIRED;
import static dev.miroscim.directory.MiroRule.NAMES_TRIMMED;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import org.jspecify.annotations.Nullable;

/** Checks names of teams and groups. */
public final class Names {

    /** How many characters the name of a person, a team, a group or an organisation may have. */
    public static final int LONGEST = 60;

    private Names() {}

    /** The name as Miro stores it. Refused if it is missing or too long. */
    public static String require(String attribute, @Nullable String name) {
        String kept = name == null ? "" : Texts.composed(trimmed(attribute, name));
        if (kept.isEmpty()) {
            throw GROUP_NAME_REQUIRED.refusal(INVALID_VALUE, attribute, attribute + " is required");
        }
        return requireLength(attribute, kept, LONGEST);
    }

    /** The name without blanks and zero-width characters at its ends. */
    public static String trimmed(String attribute, String name) {
        int start = 0;
        int end = name.length();
        while (start < end && isInvisible(name.charAt(start))) {
            start++;
        }
        while (end > start && isInvisible(name.charAt(end - 1))) {
            end--;
        }
        if (end - start < name.length()) {
            NAMES_TRIMMED.note(attribute);
        }
        return name.substring(start, end);
    }

    private static boolean isInvisible(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || "\u200B\u2060\uFEFF".indexOf(c) >= 0;
    }

    public static String requireLength(String attribute, String text, int longest) {
        Texts.check(attribute, text, longest);
        return text;
    }
}

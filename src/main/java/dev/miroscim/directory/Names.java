package dev.miroscim.directory;

import static dev.miroscim.directory.MiroRule.VALUE_LENGTH;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import org.jspecify.annotations.Nullable;

/** What may be the name of a team or of a group. */
final class Names {

    private Names() {}

    /** The name, which has to be there and as short as Miro keeps it. */
    static String require(String attribute, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw VALUE_LENGTH.refusal(INVALID_VALUE, attribute, attribute + " is required");
        }
        return requireLength(attribute, name, Team.LONGEST_NAME);
    }

    static String requireLength(String attribute, String text, int longest) {
        int length = text.codePointCount(0, text.length());
        if (length > longest) {
            throw VALUE_LENGTH.refusal(
                    INVALID_VALUE, attribute, "%s has %d characters and may have %d".formatted(attribute, length, longest));
        }
        return text;
    }
}

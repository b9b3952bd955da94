package dev.miroscim.directory;

import static dev.miroscim.directory.MiroRule.GROUP_NAME_REQUIRED;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import org.jspecify.annotations.Nullable;

/** What may be the name of a team or of a group. */
final class Names {

    private Names() {}

    /** The name, which has to be there and as short as Miro keeps it. */
    static String require(String attribute, @Nullable String name) {
        if (name == null || name.isBlank()) {
            throw GROUP_NAME_REQUIRED.refusal(INVALID_VALUE, attribute, attribute + " is required");
        }
        return requireLength(attribute, name, Team.LONGEST_NAME);
    }

    static String requireLength(String attribute, String text, int longest) {
        Texts.check(attribute, text, longest);
        return text;
    }
}

package dev.miroscim.directory;

import org.jspecify.annotations.Nullable;

/** A person's one name in Miro, of which given and family name are derived: split at the first space. */
public record FullName(String value) {

    public String givenName() {
        int space = value.indexOf(' ');
        return space < 0 ? value : value.substring(0, space);
    }

    /** Null for a name of one word. */
    public @Nullable String familyName() {
        int space = value.indexOf(' ');
        return space < 0 || space == value.length() - 1 ? null : value.substring(space + 1);
    }
}

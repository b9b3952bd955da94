package dev.miroscim.directory;

import static dev.miroscim.directory.MemberAttribute.DISPLAY_NAME;
import static dev.miroscim.directory.MemberAttribute.FAMILY_NAME;
import static dev.miroscim.directory.MemberAttribute.GIVEN_NAME;
import static dev.miroscim.directory.MemberAttribute.NAME_FORMATTED;
import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A person's one name in Miro, of which given and family name are derived: split at the first space. */
public record FullName(String value) {

    private static final int LONGEST = 60;

    public String givenName() {
        int space = value.indexOf(' ');
        return space < 0 ? value : value.substring(0, space);
    }

    /** Null for a name of one word. */
    public @Nullable String familyName() {
        int space = value.indexOf(' ');
        return space < 0 || space == value.length() - 1 ? null : value.substring(space + 1);
    }

    /**
     * The name that results from what a caller asks: displayName, else name.formatted, else given and family name, else
     * the userName. Of an existing member, a given or family name that is asked alone goes together with the other part
     * of the current name.
     *
     * @param current the name so far; null for a new member, and for one whose address stands in for a name
     */
    static FullName resolve(@Nullable FullName current, MemberChanges wanted, String userName) {
        for (MemberAttribute whole : List.of(DISPLAY_NAME, NAME_FORMATTED)) {
            String name = wanted.text(whole);
            if (name != null) {
                noteOverruled(wanted, name);
                return new FullName(name);
            }
        }
        if (wanted.names(GIVEN_NAME) || wanted.names(FAMILY_NAME)) {
            String given = part(wanted, GIVEN_NAME, current == null ? null : current.givenName());
            String family = part(wanted, FAMILY_NAME, current == null ? null : current.familyName());
            List<String> parts =
                    Stream.of(given, family).filter(Objects::nonNull).toList();
            int length = parts.stream().mapToInt(Texts::length).sum();
            if (length > LONGEST) {
                throw MiroRule.VALUE_LENGTH.refusal(
                        INVALID_VALUE,
                        "name",
                        "name.givenName and name.familyName have %d characters together and may have %d"
                                .formatted(length, LONGEST));
            }
            return new FullName(parts.isEmpty() ? userName : String.join(" ", parts));
        }
        boolean cleared = wanted.names(DISPLAY_NAME) || wanted.names(NAME_FORMATTED);
        return current == null || cleared ? new FullName(userName) : current;
    }

    private static @Nullable String part(MemberChanges wanted, MemberAttribute part, @Nullable String current) {
        return wanted.names(part) ? wanted.text(part) : current;
    }

    private static void noteOverruled(MemberChanges wanted, String name) {
        FullName chosen = new FullName(name);
        noteOverruled(wanted, NAME_FORMATTED, name);
        noteOverruled(wanted, GIVEN_NAME, chosen.givenName());
        noteOverruled(wanted, FAMILY_NAME, chosen.familyName());
    }

    private static void noteOverruled(MemberChanges wanted, MemberAttribute attribute, @Nullable String kept) {
        String asked = wanted.text(attribute);
        if (asked != null && !asked.equals(kept)) {
            MiroRule.FULL_NAME_RESOLUTION.note(
                    attribute.wireName(), attribute.wireName() + " was overruled by a name that goes before it.");
        }
    }
}

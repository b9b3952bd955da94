package dev.miroscim.directory.people;

import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;
import static dev.miroscim.directory.people.UserAttribute.DISPLAY_NAME;
import static dev.miroscim.directory.people.UserAttribute.FAMILY_NAME;
import static dev.miroscim.directory.people.UserAttribute.GIVEN_NAME;
import static dev.miroscim.directory.people.UserAttribute.NAME_FORMATTED;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.Names;
import dev.miroscim.directory.Texts;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A person's one name in Miro, with its parts.
 *
 * @param value the whole name
 * @param sent the parts as a client sent them; null if none ever did, and they are derived from the whole
 */
public record FullName(String value, @Nullable Parts sent) {

    /** Given and family name; either may be missing. */
    record Parts(@Nullable String given, @Nullable String family) {

        /** Splits at the first space. How Miro splits is not known. */
        static Parts derivedFrom(String name) {
            int space = name.indexOf(' ');
            return space < 0
                    ? new Parts(name, null)
                    : new Parts(
                            name.substring(0, space), space == name.length() - 1 ? null : name.substring(space + 1));
        }

        String joined() {
            return Stream.of(given, family).filter(Objects::nonNull).collect(Collectors.joining(" "));
        }
    }

    FullName(String value) {
        this(value, null);
    }

    public @Nullable String givenName() {
        return parts().given();
    }

    /** Null for a name of one word. */
    public @Nullable String familyName() {
        return parts().family();
    }

    private Parts parts() {
        return sent == null ? Parts.derivedFrom(value) : sent;
    }

    /**
     * The name that results from what a caller asks: displayName, else name.formatted, else given and family name, else
     * the userName. A given or family name that an existing member gets alone replaces that part of the current name.
     *
     * @param current the name so far; null for a new member, and for one whose address stands in for a name
     */
    public static FullName resolve(@Nullable FullName current, UserChanges wanted, String userName) {
        Parts asked = asked(current, wanted);
        for (UserAttribute whole : List.of(DISPLAY_NAME, NAME_FORMATTED)) {
            String name = wanted.text(whole);
            if (name != null) {
                FullName resolved = withParts(name, current, asked, wanted);
                noteOverruled(wanted, resolved);
                return resolved;
            }
        }
        boolean wholeCleared = wanted.names(DISPLAY_NAME) || wanted.names(NAME_FORMATTED);
        if (asked != null) {
            return current != null && !wholeCleared && asked.equals(current.parts())
                    ? current
                    : ofParts(current, asked, wanted, userName);
        }
        if (current == null || wholeCleared) {
            return current == null || current.sent == null ? new FullName(userName) : ofParts(current.sent, userName);
        }
        return current;
    }

    /** The parts after the request; null if it names neither. */
    private static @Nullable Parts asked(@Nullable FullName current, UserChanges wanted) {
        if (!wanted.names(GIVEN_NAME) && !wanted.names(FAMILY_NAME)) {
            return null;
        }
        return new Parts(
                wanted.names(GIVEN_NAME) ? wanted.text(GIVEN_NAME) : current == null ? null : current.givenName(),
                wanted.names(FAMILY_NAME) ? wanted.text(FAMILY_NAME) : current == null ? null : current.familyName());
    }

    private static FullName withParts(
            String name, @Nullable FullName current, @Nullable Parts asked, UserChanges wanted) {
        if (asked == null) {
            return current != null && current.value.equals(name) ? current : new FullName(name);
        }
        if (current != null && current.value.equals(name) && asked.equals(current.parts())) {
            return current;
        }
        Parts fitting = fitting(name, asked, wanted);
        Parts parts = fitting == null ? asked : fitting;
        return new FullName(name, parts.joined().isEmpty() ? null : parts);
    }

    private static FullName ofParts(@Nullable FullName current, Parts asked, UserChanges wanted, String userName) {
        // The client may split the name elsewhere than the first space: "Mary Ann" is a part of "Mary Ann Smith", not
        // a name to add to "Ann Smith".
        Parts fitting = current == null || current.sent != null ? null : fitting(current.value, asked, wanted);
        if (fitting != null) {
            return new FullName(current.value, fitting);
        }
        int length = Stream.of(asked.given(), asked.family())
                .filter(Objects::nonNull)
                .mapToInt(Texts::length)
                .sum();
        if (length > Names.LONGEST) {
            throw MiroRule.VALUE_LENGTH.refusal(
                    INVALID_VALUE,
                    "name",
                    "name.givenName and name.familyName have %d characters together and may have %d"
                            .formatted(length, Names.LONGEST));
        }
        return ofParts(asked, userName);
    }

    private static FullName ofParts(Parts parts, String userName) {
        String joined = parts.joined();
        return joined.isEmpty() ? new FullName(userName) : new FullName(joined, parts);
    }

    /** The parts of {@code name} if it begins or ends with the one that was sent alone; null otherwise. */
    private static @Nullable Parts fitting(String name, Parts asked, UserChanges wanted) {
        boolean givenAlone = wanted.text(GIVEN_NAME) != null && !wanted.names(FAMILY_NAME);
        boolean familyAlone = wanted.text(FAMILY_NAME) != null && !wanted.names(GIVEN_NAME);
        if (givenAlone && name.startsWith(asked.given() + " ")) {
            return new Parts(asked.given(), name.substring(asked.given().length() + 1));
        }
        if (familyAlone && name.endsWith(" " + asked.family())) {
            return new Parts(name.substring(0, name.length() - asked.family().length() - 1), asked.family());
        }
        return null;
    }

    private static void noteOverruled(UserChanges wanted, FullName resolved) {
        String formatted = wanted.text(NAME_FORMATTED);
        if (formatted != null && !formatted.equals(resolved.value)) {
            noteOverruled(NAME_FORMATTED);
        }
        boolean whole = resolved.parts().joined().equals(resolved.value);
        for (UserAttribute part : List.of(GIVEN_NAME, FAMILY_NAME)) {
            if (wanted.text(part) != null && !whole) {
                noteOverruled(part);
            }
        }
    }

    private static void noteOverruled(UserAttribute attribute) {
        MiroRule.FULL_NAME_RESOLUTION.note(
                attribute.wireName(), attribute.wireName() + " was overruled by a name that goes before it.");
    }
}

package dev.miroscim.directory.people;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A reference to a member as a request has it; the id may be malformed. */
public record MemberReference(String id, @Nullable String display) {

    private static final int MOST_SHOWN = 20;

    private static final Pattern ID = Pattern.compile("[1-9][0-9]{0,18}");

    /** The id as a number; -1 if it is not spelled like an id. */
    public long number() {
        return number(id);
    }

    public static long number(String id) {
        if (!ID.matcher(id).matches()) {
            return -1;
        }
        try {
            return Long.parseLong(id);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** The first references, for an error text. */
    public static String shown(List<MemberReference> references) {
        String shown = references.stream()
                .limit(MOST_SHOWN)
                .map(MemberReference::toString)
                .collect(Collectors.joining(", "));
        return references.size() > MOST_SHOWN ? "[" + shown + ", …]" : "[" + shown + "]";
    }

    /** As Miro's error texts print it. */
    @Override
    public String toString() {
        return "{memberId=" + id + ", display=" + display + "}";
    }
}

package dev.miroscim.directory;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a caller asks of a group. */
public sealed interface GroupChange {

    /** A member that a caller names: an id as it was sent, which may be none at all. */
    record MemberReference(String id, @Nullable String display) {

        /** As Miro's error texts print it. */
        @Override
        public String toString() {
            return "{memberId=" + id + ", display=" + display + "}";
        }
    }

    record Rename(@Nullable String displayName) implements GroupChange {}

    record AddMembers(List<MemberReference> members) implements GroupChange {}

    record RemoveMembers(List<MemberReference> members) implements GroupChange {}

    record RemoveAllMembers() implements GroupChange {}

    /** Sets the whole membership: whoever is not named leaves. */
    record ReplaceMembers(List<MemberReference> members) implements GroupChange {}
}

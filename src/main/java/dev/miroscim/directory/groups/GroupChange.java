package dev.miroscim.directory.groups;

import dev.miroscim.directory.people.MemberReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One thing that a caller asks of a group. */
public sealed interface GroupChange {

    record Rename(@Nullable String displayName) implements GroupChange {}

    record AddMembers(List<MemberReference> members) implements GroupChange {}

    record RemoveMembers(List<MemberReference> members) implements GroupChange {}

    record RemoveAllMembers() implements GroupChange {}

    /** Sets the whole membership: whoever is not named leaves. */
    record ReplaceMembers(List<MemberReference> members) implements GroupChange {}
}

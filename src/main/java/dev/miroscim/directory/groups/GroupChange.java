package dev.miroscim.directory.groups;

import dev.miroscim.directory.people.MemberReference;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One change that a request asks of a group. */
public sealed interface GroupChange {

    record Rename(@Nullable String displayName) implements GroupChange {}

    record AddMembers(List<MemberReference> members) implements GroupChange {}

    record RemoveMembers(List<MemberReference> members) implements GroupChange {}

    record RemoveAllMembers() implements GroupChange {}

    /** Sets all members: everybody else leaves. */
    record ReplaceMembers(List<MemberReference> members) implements GroupChange {}
}

package dev.miroscim.directory.groups;

import dev.miroscim.directory.people.MemberReference;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The net effect of several operations on the members of one group. A person who is removed and added again in one
 * request stays and keeps the boards; thousands of operations become one insert and one delete.
 */
final class NetMemberChanges {

    private final Map<String, MemberReference> joining = new LinkedHashMap<>();
    private final Set<String> leaving = new LinkedHashSet<>();
    private boolean everybodyElseLeaves;

    void add(GroupChange change) {
        switch (change) {
            case GroupChange.AddMembers(List<MemberReference> members) ->
                members.forEach(member -> {
                    joining.putIfAbsent(member.id(), member);
                    leaving.remove(member.id());
                });
            case GroupChange.RemoveMembers(List<MemberReference> members) ->
                members.forEach(member -> {
                    joining.remove(member.id());
                    leaving.add(member.id());
                });
            case GroupChange.RemoveAllMembers() -> replace(List.of());
            case GroupChange.ReplaceMembers(List<MemberReference> members) -> replace(members);
            case GroupChange.Rename rename -> throw new IllegalArgumentException("no change of members: " + rename);
        }
    }

    private void replace(List<MemberReference> members) {
        joining.clear();
        leaving.clear();
        everybodyElseLeaves = true;
        members.forEach(member -> joining.putIfAbsent(member.id(), member));
    }

    Collection<MemberReference> joining() {
        return joining.values();
    }

    /** The ids of those who leave by name; empty if {@link #everybodyElseLeaves()}. */
    Collection<String> leaving() {
        return everybodyElseLeaves ? List.of() : leaving;
    }

    /** Whether all members leave except those in {@link #joining()}. */
    boolean everybodyElseLeaves() {
        return everybodyElseLeaves;
    }

    /** The ids of all who join or leave by name. */
    List<Long> named() {
        return ReferencedMembers.ids(Stream.concat(joining().stream().map(MemberReference::id), leaving().stream()));
    }
}

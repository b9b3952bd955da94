package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.GROUP_UNKNOWN_MEMBERS;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;

import dev.miroscim.directory.people.MemberReference;
import dev.miroscim.directory.people.Membership;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The people that a change of a group refers to, by id, held until the end of the transaction. */
record ReferencedMembers(Map<Long, Membership> people) {

    /** @param held including guests and people who left */
    static ReferencedMembers of(Collection<Membership> held) {
        return new ReferencedMembers(
                held.stream().collect(Collectors.toMap(Membership::profileId, Function.identity())));
    }

    /** The ids that these references can mean. */
    static List<Long> ids(Collection<MemberReference> members) {
        return ids(members.stream().map(MemberReference::id));
    }

    static List<Long> ids(Stream<String> members) {
        return members.map(MemberReference::number)
                .filter(id -> id > 0)
                .distinct()
                .toList();
    }

    /**
     * The people who join. Unknown references are skipped; the request is refused if all are unknown.
     *
     * @param accepted whether a person can join
     */
    List<Membership> joining(Collection<MemberReference> references, Predicate<Membership> accepted) {
        List<MemberReference> unknown = references.stream()
                .filter(reference ->
                        !people.containsKey(reference.number()) || !accepted.test(people.get(reference.number())))
                .toList();
        if (unknown.size() == references.size()) {
            throw GROUP_UNKNOWN_MEMBERS.refusal(
                    NOT_FOUND, "members", "No valid resources: " + MemberReference.shown(unknown));
        }
        if (!unknown.isEmpty()) {
            GROUP_UNKNOWN_MEMBERS.note(
                    "members", "Not users of this organisation, and skipped: " + MemberReference.shown(unknown));
        }
        return known(references.stream().map(MemberReference::number), accepted);
    }

    /** The people who leave. Guests are never among them, since SCIM does not see them. */
    List<Membership> leaving(Collection<String> ids) {
        return known(ids.stream().map(MemberReference::number), Membership::visible);
    }

    private List<Membership> known(Stream<Long> ids, Predicate<Membership> wanted) {
        return ids.filter(people::containsKey)
                .map(people::get)
                .filter(wanted)
                .distinct()
                .toList();
    }
}

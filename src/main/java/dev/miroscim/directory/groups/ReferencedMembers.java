package dev.miroscim.directory.groups;

import static dev.miroscim.directory.MiroRule.GROUP_UNKNOWN_MEMBERS;
import static dev.miroscim.directory.RefusedException.Kind.NOT_FOUND;

import dev.miroscim.directory.audit.AuditTrail;
import dev.miroscim.directory.groups.GroupChange.MemberReference;
import dev.miroscim.directory.people.Membership;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The people of an organisation whom a change of a group names, by their ids; each held until the end of the
 * transaction.
 */
record ReferencedMembers(Map<Long, Membership> people) {

    /** Holds those who have one of these ids, also guests and who left. Other ids are nobody's. */
    static ReferencedMembers hold(
            EntityManager entities,
            AuditTrail audit,
            long organizationId,
            Collection<MemberReference> joining,
            Collection<String> leaving) {
        List<Long> ids = ids(joining, leaving);
        if (ids.isEmpty()) {
            return new ReferencedMembers(Map.of());
        }
        List<Membership> people = entities.createQuery("""
                        select m from Membership m join fetch m.profile p
                        where m.organizationId = :organization and p.id in :ids
                        order by m.id
                        """, Membership.class)
                .setParameter("organization", organizationId)
                .setParameter("ids", ids)
                .setLockMode(LockModeType.PESSIMISTIC_WRITE)
                .getResultList();
        audit.watch(people);
        return new ReferencedMembers(
                people.stream().collect(Collectors.toMap(Membership::profileId, Function.identity())));
    }

    static List<Long> ids(Collection<MemberReference> joining, Collection<String> leaving) {
        return Stream.concat(joining.stream().map(MemberReference::id), leaving.stream())
                .map(MemberReference::number)
                .filter(id -> id > 0)
                .distinct()
                .toList();
    }

    /**
     * Those who join, refused if none of the references is somebody's; other references that are nobody's are skipped.
     *
     * @param welcome who can join at all
     */
    List<Membership> joining(Collection<MemberReference> references, Predicate<Membership> welcome) {
        List<MemberReference> unknown = references.stream()
                .filter(reference ->
                        !people.containsKey(reference.number()) || !welcome.test(people.get(reference.number())))
                .toList();
        if (unknown.size() == references.size()) {
            throw GROUP_UNKNOWN_MEMBERS.refusal(
                    NOT_FOUND, "members", "No valid resources: " + MemberReference.shown(unknown));
        }
        if (!unknown.isEmpty()) {
            GROUP_UNKNOWN_MEMBERS.note(
                    "members", "Not users of this organisation, and skipped: " + MemberReference.shown(unknown));
        }
        return known(references.stream().map(MemberReference::number), welcome);
    }

    /** Those who leave, among whom guests never are: SCIM does not see them. */
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

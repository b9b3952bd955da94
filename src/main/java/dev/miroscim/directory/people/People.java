package dev.miroscim.directory.people;

import static java.util.stream.Collectors.joining;

import dev.miroscim.directory.LockOrder;
import dev.miroscim.directory.LockOrder.Lock;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.people.Membership.Status;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Tuple;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.stereotype.Component;

/** Finds people of an organisation, and holds them until the end of the transaction. */
@Component
public class People {

    private static final int MOST_ATTEMPTS_TO_LOCK = 20;

    private final MembershipRepository memberships;
    private final EntityManager entities;
    private final PeopleAudit audit;

    People(MembershipRepository memberships, EntityManager entities, PeopleAudit audit) {
        this.memberships = memberships;
        this.entities = entities;
        this.audit = audit;
    }

    /** Holds the person with this id until the end of the transaction. */
    public Membership hold(long organizationId, long id) {
        return present(lock(organizationId, id), id);
    }

    /** Holds the person with this e-mail address until the end of the transaction. */
    public Optional<Membership> hold(Organization organization, String email) {
        // Reads the id only: entities must be read after the lock.
        return withEmails("select p.id from Membership m join m.profile p", Long.class, organization, List.of(email))
                .getResultList()
                .stream()
                .findFirst()
                .map(id -> hold(organization.id(), id));
    }

    /** Those of the people with these e-mail addresses, in any case, who are in the organisation. */
    List<Membership> withEmails(Organization organization, List<String> emails) {
        return withEmails("select m from Membership m join fetch m.profile p", Membership.class, organization, emails)
                .setHint("org.hibernate.readOnly", true)
                .getResultList();
    }

    private <T> TypedQuery<T> withEmails(String select, Class<T> type, Organization organization, List<String> emails) {
        // PostgreSQL folds the case: for letters such as the dotted capital I, Java's result differs.
        String wanted = IntStream.range(0, emails.size())
                .mapToObj(i -> "lower(:email" + i + ")")
                .collect(joining(", "));
        TypedQuery<T> query = entities.createQuery(select + """
                         where m.organizationId = :organization and m.status <> REMOVED
                           and p.universeId = :universe and lower(p.email) in (%s)
                         order by p.id
                        """.formatted(wanted), type)
                .setParameter("organization", organization.id())
                .setParameter("universe", organization.universeId());
        for (int i = 0; i < emails.size(); i++) {
            query.setParameter("email" + i, emails.get(i));
        }
        return query;
    }

    static Membership present(List<Membership> found, long id) {
        return found.stream()
                .filter(membership -> membership.status() != Status.REMOVED)
                .findFirst()
                .orElseThrow(() -> RefusedException.notFound("Member", Long.toString(id)));
    }

    /** Holds all of these people in the order of all locks, also guests and those who left. */
    public List<Membership> holdAll(long organizationId, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return List.of();
        }
        LockOrder.take(Lock.MEMBERSHIP, organizationId);
        List<Membership> people = memberships.hold(organizationId, ids);
        audit.watch(people);
        return people;
    }

    /** Writes to the audit log what changes in people that a statement of the caller holds. */
    public void watch(Collection<Membership> held) {
        audit.watch(held);
    }

    public List<Membership> read(long organizationId, long id) {
        return memberships.read(organizationId, id);
    }

    /**
     * Holds the membership and its profile. What PostgreSQL returns is what it locked, so both are current. The
     * transaction must not have read them before: Hibernate would return what it read first.
     */
    public List<Membership> lock(long organizationId, long id) {
        return lock(organizationId, id, MOST_ATTEMPTS_TO_LOCK);
    }

    private List<Membership> lock(long organizationId, long id, int attempts) {
        LockOrder.take(Lock.MEMBERSHIP, organizationId);
        List<Membership> held = memberships.hold(organizationId, id);
        if (held.isEmpty() && memberships.exists(organizationId, id)) {
            // A reset replaced the row while this transaction waited for it.
            if (attempts > 0) {
                return lock(organizationId, id, attempts - 1);
            }
            throw new PessimisticLockingFailureException("the membership was replaced before the row was held");
        }
        audit.watch(held);
        return held;
    }

    /** The profiles of the organisation's universe that have these addresses, by folded address. */
    public Map<String, Profile> profiles(Organization organization, Collection<String> emails) {
        Map<String, Profile> found = new HashMap<>();
        if (emails.isEmpty()) {
            return found;
        }
        List<?> profiles = entities.createNativeQuery("""
                        select * from profile where universe_id = :universe
                        and lower(email) in (select lower(e) from unnest(:emails) as e)
                        """, Profile.class)
                .setParameter("universe", organization.universeId())
                .setParameter("emails", emails.toArray(String[]::new))
                .getResultList();
        for (Object profile : profiles) {
            audit.watch(organization.id(), (Profile) profile);
            found.put(Texts.folded(((Profile) profile).email()), (Profile) profile);
        }
        return found;
    }

    /**
     * Those of the ids that cannot be given to the people with these addresses again: another person has the id by now,
     * or the person has another one.
     *
     * @param ids by folded address
     */
    public Set<Long> lostIds(Organization organization, Map<String, Long> ids) {
        Set<Long> lost = new HashSet<>();
        if (ids.isEmpty()) {
            return lost;
        }
        List<?> present = entities.createNativeQuery("""
                        select id, lower(email) as email from profile
                        where id = any(:ids) or universe_id = :universe and lower(email) = any(:emails)
                        """, Tuple.class)
                .setParameter("ids", ids.values().toArray(Long[]::new))
                .setParameter("universe", organization.universeId())
                .setParameter("emails", ids.keySet().toArray(String[]::new))
                .getResultList();
        for (Object row : present) {
            Tuple profile = (Tuple) row;
            Long id = profile.get("id", Long.class);
            Long wanted = ids.get(profile.get("email", String.class));
            if (!id.equals(wanted)) {
                lost.add(id);
                if (wanted != null) {
                    lost.add(wanted);
                }
            }
        }
        lost.retainAll(Set.copyOf(ids.values()));
        return lost;
    }

    /** The memberships of these profiles, ended ones too, held until the end of the transaction. */
    public Map<Profile, Membership> hold(Organization organization, Collection<Profile> profiles) {
        Map<Profile, Membership> found = new HashMap<>();
        if (profiles.isEmpty()) {
            return found;
        }
        LockOrder.take(Lock.MEMBERSHIP, organization.id());
        List<?> held = entities.createNativeQuery("""
                        select * from membership where organization_id = :organization and profile_id = any(:profiles)
                        order by id for update
                        """, Membership.class)
                .setParameter("organization", organization.id())
                .setParameter("profiles", profiles.stream().map(Profile::id).toArray(Long[]::new))
                .getResultList();
        for (Object membership : held) {
            audit.watch(List.of((Membership) membership));
            found.put(((Membership) membership).profile(), (Membership) membership);
        }
        return found;
    }
}

package dev.miroscim.directory.people;

import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;
import static java.util.stream.Collectors.joining;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.LicenseAssignment;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.Membership.Status;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.Path;
import jakarta.persistence.criteria.Predicate;
import jakarta.persistence.criteria.Root;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everybody in an organisation, with the guests whom SCIM does not see. */
@Service
public class OrganizationMembers {

    /**
     * A condition of HQL on a membership {@code m}: that it comes after the one of the person {@code :after}. By the
     * ids of memberships, since the primary keys of whatever people are in are in their order.
     */
    public static final String AFTER =
            " and m.id > (select a.id from Membership a where a.organizationId = :organization and a.profile.id = :after)";

    private final EntityManager entities;
    private final Organizations organizations;
    private final People people;
    private final LicenseAssignment licenses;

    OrganizationMembers(
            EntityManager entities, Organizations organizations, People people, LicenseAssignment licenses) {
        this.entities = entities;
        this.organizations = organizations;
        this.people = people;
        this.licenses = licenses;
    }

    /** Which people to list; what is null does not matter. */
    public record Filter(
            @Nullable OrganizationRole role,
            @Nullable License license,
            @Nullable Boolean active) {}

    /** People in the order of their ids, from the one after {@code after} on. */
    @Transactional(readOnly = true)
    public Slice<Membership> list(long organizationId, Filter filter, long after, int limit) {
        CriteriaBuilder builder = entities.getCriteriaBuilder();
        CriteriaQuery<Membership> select = builder.createQuery(Membership.class);
        Root<Membership> person = select.from(Membership.class);
        person.fetch("profile");
        Path<Long> id = person.get("profile").get("id");
        List<Predicate> conditions = new ArrayList<>();
        conditions.add(builder.equal(person.get("organizationId"), organizationId));
        conditions.add(builder.greaterThan(id, after));
        if (filter.role() != null) {
            conditions.add(builder.equal(person.get("role"), filter.role()));
        }
        if (filter.license() != null) {
            conditions.add(builder.equal(person.get("license"), filter.license()));
        }
        conditions.add(
                filter.active() == null
                        ? builder.notEqual(person.get("status"), Status.REMOVED)
                        : builder.equal(person.get("status"), filter.active() ? Status.ACTIVE : Status.DEACTIVATED));
        select.where(builder.and(conditions)).orderBy(builder.asc(id));
        List<Membership> people = entities.createQuery(select)
                .setMaxResults(limit + 1)
                .setHint("org.hibernate.readOnly", true)
                .getResultList();
        return Slice.of(people, limit);
    }

    /** Those of the people with these e-mail addresses, in any case, who are in the organisation. */
    @Transactional(readOnly = true)
    public List<Membership> withEmails(long organizationId, List<String> emails) {
        // Lower case is PostgreSQL's alone to say: of letters such as the dotted capital I, Java makes others.
        String wanted = IntStream.range(0, emails.size())
                .mapToObj(i -> "lower(:email" + i + ")")
                .collect(joining(", "));
        TypedQuery<Membership> query = entities.createQuery("""
                        select m from Membership m join fetch m.profile p
                        where m.organizationId = :organization and m.status <> REMOVED
                          and p.universeId = :universe and lower(p.email) in (%s)
                        order by p.id
                        """.formatted(wanted), Membership.class)
                .setParameter("organization", organizationId)
                .setParameter("universe", organizations.get(organizationId).universeId())
                .setHint("org.hibernate.readOnly", true);
        for (int i = 0; i < emails.size(); i++) {
            query.setParameter("email" + i, emails.get(i));
        }
        return query.getResultList();
    }

    /** Ends the sessions of the person with this e-mail address, of which there are none. */
    @Transactional(readOnly = true)
    public void resetSessions(long organizationId, String email) {
        if (withEmails(organizationId, List.of(email)).isEmpty()) {
            throw RefusedException.notFound("User", email);
        }
        MiroRule.SESSIONS_RESET.note("email");
    }

    /** The person with this id, refused as not found if nobody in the organisation has it. */
    @Transactional(readOnly = true)
    public Membership find(long organizationId, long id) {
        return People.present(people.read(organizationId, id), id);
    }

    /** The company admin who has been in the organisation longest, who stands for whoever holds its tokens. */
    @Transactional(readOnly = true)
    public Optional<Membership> oldestAdmin(long organizationId) {
        return entities
                .createQuery("""
                        select m from Membership m join fetch m.profile
                        where m.organizationId = :organization and m.role = INTERNAL_ADMIN and m.status = ACTIVE
                        order by m.createdAt, m.id limit 1
                        """, Membership.class)
                .setParameter("organization", organizationId)
                .setHint("org.hibernate.readOnly", true)
                .getResultList()
                .stream()
                .findFirst();
    }

    /** Refuses a place to go on from that is the id of nobody who ever was in the organisation; 0 is the beginning. */
    public void requireCursor(long organizationId, long after) {
        if (after != 0 && people.read(organizationId, after).isEmpty()) {
            throw new RefusedException(INVALID_VALUE, "cursor " + after + " is not one of this list");
        }
    }

    /** How many seats the organisation has of a licence; as many as are taken, if it has no limit. */
    @Transactional(readOnly = true)
    public long seats(long organizationId, License license) {
        Integer seats = organizations.get(organizationId).settings().seats().get(license);
        return seats == null ? licenses.taken(organizationId, license) : seats;
    }
}

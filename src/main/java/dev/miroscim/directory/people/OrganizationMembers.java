package dev.miroscim.directory.people;

import static dev.miroscim.directory.RefusedException.Kind.INVALID_VALUE;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.RefusedException;
import dev.miroscim.directory.Slice;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.LicenseAssignment;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.Membership.Status;
import jakarta.persistence.criteria.Predicate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Everybody in an organisation, including guests, whom SCIM does not see. */
@Service
public class OrganizationMembers {

    /**
     * A condition of HQL: the membership {@code m} comes after the one of the person {@code :after}. Compares ids of
     * memberships, because the primary keys of members of teams and user groups are in their order.
     */
    public static final String AFTER =
            " and m.id > (select a.id from Membership a where a.organizationId = :organization and a.profile.id = :after)";

    private final MembershipRepository memberships;
    private final Organizations organizations;
    private final People people;
    private final LicenseAssignment licenses;

    OrganizationMembers(
            MembershipRepository memberships, Organizations organizations, People people, LicenseAssignment licenses) {
        this.memberships = memberships;
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
        Specification<Membership> wanted = (person, select, builder) -> {
            person.fetch("profile");
            List<Predicate> conditions = new ArrayList<>();
            conditions.add(builder.equal(person.get("organizationId"), organizationId));
            conditions.add(builder.greaterThan(person.get("profile").get("id"), after));
            if (filter.role() != null) {
                conditions.add(builder.equal(person.get("role"), filter.role()));
            }
            if (filter.license() != null) {
                conditions.add(builder.equal(person.get("license"), filter.license()));
            }
            conditions.add(
                    filter.active() == null
                            ? builder.notEqual(person.get("status"), Status.REMOVED)
                            : builder.equal(
                                    person.get("status"), filter.active() ? Status.ACTIVE : Status.DEACTIVATED));
            select.orderBy(builder.asc(person.get("profile").get("id")));
            return builder.and(conditions);
        };
        List<Membership> people =
                memberships.findBy(wanted, found -> found.limit(limit + 1).all());
        return Slice.of(people, limit);
    }

    /** The people of the organisation who have these e-mail addresses, compared without regard to case. */
    @Transactional(readOnly = true)
    public List<Membership> withEmails(long organizationId, List<String> emails) {
        return people.withEmails(organizations.get(organizationId), emails);
    }

    /** Accepts the request to end the sessions of the person with this e-mail address; there are no sessions. */
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

    /** The company admin who has been in the organisation longest, in whose name its REST tokens act. */
    @Transactional(readOnly = true)
    public Optional<Membership> oldestAdmin(long organizationId) {
        return memberships.oldestAdmin(organizationId);
    }

    /** Refuses a cursor that is not the id of anybody who is or was in the organisation; 0 is the beginning. */
    public void requireCursor(long organizationId, long after) {
        if (after != 0 && people.read(organizationId, after).isEmpty()) {
            throw new RefusedException(INVALID_VALUE, "cursor " + after + " is not one of this list");
        }
    }

    /** The number of seats of a licence; without a limit, the number of seats that are taken. */
    @Transactional(readOnly = true)
    public long seats(long organizationId, License license) {
        Integer seats = organizations.get(organizationId).settings().seats().get(license);
        return seats == null ? licenses.taken(organizationId, license) : seats;
    }
}

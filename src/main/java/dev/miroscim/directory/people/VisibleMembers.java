package dev.miroscim.directory.people;

import static dev.miroscim.directory.people.OrganizationRole.INTERNAL_ADMIN;
import static dev.miroscim.directory.people.OrganizationRole.INTERNAL_USER;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Predicate;

/** Whom SCIM sees, as a condition of a query. */
public final class VisibleMembers {

    private VisibleMembers() {}

    /** That {@code member} is neither a guest nor removed; in the words of the index on visible members. */
    public static Predicate only(From<?, Membership> member, CriteriaBuilder builder) {
        return builder.and(
                builder.notEqual(member.get("status"), builder.literal(Membership.Status.REMOVED)),
                member.get("role").in(builder.literal(INTERNAL_ADMIN), builder.literal(INTERNAL_USER)));
    }
}

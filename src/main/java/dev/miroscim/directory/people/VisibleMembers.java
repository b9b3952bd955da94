package dev.miroscim.directory.people;

import static dev.miroscim.directory.people.OrganizationRole.INTERNAL_ADMIN;
import static dev.miroscim.directory.people.OrganizationRole.INTERNAL_USER;

import jakarta.persistence.criteria.CriteriaBuilder;
import jakarta.persistence.criteria.From;
import jakarta.persistence.criteria.Predicate;

/** The members of an organisation that SCIM sees, as a condition of queries: neither guests nor people who left. */
public final class VisibleMembers {

    /** The same as a condition of SQL on the table {@code membership m}. */
    public static final String SQL = "m.status <> 'REMOVED' and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER')";

    /** The same as a condition of HQL on a {@link Membership} {@code m}. */
    public static final String HQL = "m.status <> REMOVED and m.role in (INTERNAL_ADMIN, INTERNAL_USER)";

    private VisibleMembers() {}

    /** Worded as the index on visible members is, so that PostgreSQL uses it. */
    public static Predicate only(From<?, Membership> member, CriteriaBuilder builder) {
        return builder.and(
                builder.notEqual(member.get("status"), builder.literal(Membership.Status.REMOVED)),
                member.get("role").in(builder.literal(INTERNAL_ADMIN), builder.literal(INTERNAL_USER)));
    }
}

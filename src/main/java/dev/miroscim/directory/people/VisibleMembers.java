package dev.miroscim.directory.people;

/** The members of an organisation that SCIM sees, as a condition of queries: neither guests nor people who left. */
public final class VisibleMembers {

    /** A condition of SQL on the table {@code membership m}, worded as the index on visible members is. */
    public static final String SQL = "m.status <> 'REMOVED' and m.role in ('INTERNAL_ADMIN', 'INTERNAL_USER')";

    /** The same as a condition of HQL on a {@link Membership} {@code m}. */
    public static final String HQL = "m.status <> REMOVED and m.role in (INTERNAL_ADMIN, INTERNAL_USER)";

    private VisibleMembers() {}
}

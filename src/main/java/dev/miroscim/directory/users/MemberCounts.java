package dev.miroscim.directory.users;

import dev.miroscim.directory.Sql;

/**
 * SQL on the numbers of users that the database keeps for blocks of {@code profile_id >> 15}. They are exact in the
 * statement that reads them: the triggers of {@code membership} change them in the transaction that changes the members.
 */
final class MemberCounts {

    /** A condition of {@code membership m} within {@link #skipping}: the user is in no block that the offset skips. */
    static final Sql AFTER_SKIPPED = Sql.of("m.profile_id >= (select block << 15 from first_block)");

    /** Within {@link #skipping}: how many users are in the blocks that the offset skips. */
    static final String SKIPPED = "select skipped from first_block";

    private MemberCounts() {}

    /** Selects the number of users. */
    static Sql total(Sql organizationId) {
        return Sql.of("select coalesce(sum(members), 0) from member_count where organization_id = %s", organizationId);
    }

    /** A statement that finds the block in which the users after {@code offset} begin. */
    static Sql skipping(Sql organizationId, long offset, Sql select) {
        return Sql.of("""
                with blocks as (
                  select block, sum(members) as members, sum(sum(members)) over (order by block) as reached
                  from member_count where organization_id = %s group by block),
                first_block as (
                  select block, cast(reached - members as bigint) as skipped
                  from blocks where reached > %s order by block limit 1)
                %s""", organizationId, Sql.value(offset), select);
    }
}

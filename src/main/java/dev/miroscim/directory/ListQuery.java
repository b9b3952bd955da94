package dev.miroscim.directory;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list to read.
 *
 * @param filter which items belong to the list
 * @param sortKey what to order by before the id; null for the id alone
 * @param offset how many to skip, from 0
 * @param limit how many to read at most; 0 to count only
 * @param collections whether to read the groups of members, or the members of groups, along with them
 */
public record ListQuery(
        Sql filter, @Nullable Sql sortKey, boolean descending, long offset, int limit, boolean collections) {

    /** The terms to order by. */
    public Sql order(Sql id) {
        return sortKey == null ? id : Sql.of(descending ? "%s desc, %s" : "%s, %s", sortKey, id);
    }
}

package dev.miroscim.directory.users;

import dev.miroscim.directory.ListQuery;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.Reads;
import dev.miroscim.directory.Sql;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.directory.people.GroupTable;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.VisibleMembers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.SingleColumnRowMapper;
import org.springframework.stereotype.Component;

/** Reads users with their groups: one statement for one of them or a page, and one more to count where that is due. */
@Component
class UserPages {

    private static final String PROFILE = "profile";
    private static final String JOIN_PROFILE = " join profile on profile.id = m.profile_id ";

    private final Reads reads;
    private final Organizations organizations;
    private final GroupsOfUsers memberGroups;

    UserPages(Reads reads, Organizations organizations, GroupsOfUsers memberGroups) {
        this.reads = reads;
        this.organizations = organizations;
        this.memberGroups = memberGroups;
    }

    Listing<User> list(long organizationId, ListQuery query) {
        Organization organization = organizations.get(organizationId);
        List<CountedUser> page = query.limit() == 0
                ? List.of()
                : reads.list(page(organization, query), new CountedUser.Mapper(query.collections()));
        List<User> users = page.stream().map(CountedUser::user).toList();
        boolean last = page.size() < query.limit() && (query.offset() == 0 || !page.isEmpty());
        if (last) {
            return new Listing<>(query.offset() + page.size(), users);
        }
        boolean counted = everybody(query) && !page.isEmpty();
        return new Listing<>(counted ? page.getFirst().total() : count(organization, query), users);
    }

    /** A user of a page, with the length of the whole list if the page tells it, and 0 otherwise. */
    private record CountedUser(User user, long total) {

        private record Mapper(boolean withGroups) implements RowMapper<CountedUser> {

            @Override
            public CountedUser mapRow(ResultSet row, int number) throws SQLException {
                return new CountedUser(new UserRow(withGroups).mapRow(row, number), row.getLong("total"));
            }
        }
    }

    /** The person with this id, also if SCIM does not see it. */
    Optional<User> find(long organizationId, long id, boolean withGroups) {
        Sql select = Sql.of(
                "select " + UserRow.COLUMNS + (withGroups ? ", groups.ids, groups.names" : "")
                        + " from membership m" + JOIN_PROFILE
                        + (withGroups
                                ? groups(organizations.get(organizationId)).joinGroups("m.id")
                                : "")
                        + "where m.organization_id = %s and m.profile_id = %s",
                Sql.value(organizationId),
                Sql.value(id));
        return reads.list(select, new UserRow(withGroups)).stream().findFirst();
    }

    User withGroups(Membership membership) {
        return memberGroups.of(organizations.get(membership.organizationId()), membership);
    }

    /**
     * Finds the users of the page in an index first. Otherwise PostgreSQL joins the profiles of all rows before the
     * page, and the groups.
     */
    private static Sql page(Organization organization, ListQuery query) {
        // As a literal: with a parameter, PostgreSQL assumes an organisation of average size and sorts a large one
        // whole.
        boolean sorted = query.sortKey() != null;
        Sql organizationId = sorted ? Sql.constant(organization.id()) : Sql.value(organization.id());
        Sql universeId = sorted ? Sql.constant(organization.universeId()) : Sql.value(organization.universeId());
        boolean joined = usesProfile(query);
        boolean skipsBlocks = everybody(query) && !sorted && query.offset() > 0;
        Sql conditions = conditions(query, organizationId, universeId);
        Sql page = Sql.of(
                "select " + (joined ? "m.id, " + UserRow.COLUMNS : "m.profile_id")
                        + ", %s as sort_key from membership m" + (joined ? JOIN_PROFILE : " ")
                        // The limit as a literal: with a parameter, PostgreSQL plans for a tenth of all rows.
                        + "where %s order by %s offset %s limit " + query.limit(),
                sorted ? query.sortKey() : Sql.of("0"),
                skipsBlocks ? conditions.and(MemberCounts.AFTER_SKIPPED) : conditions,
                query.order(Sql.of("m.profile_id")),
                skipsBlocks
                        ? Sql.of("%s - (" + MemberCounts.SKIPPED + ")", Sql.value(query.offset()))
                        : Sql.value(query.offset()));
        Sql users = joined
                ? page
                // A subquery with a limit of its own, because PostgreSQL may join a large page with the whole table.
                : Sql.of(
                        "select found.*, page.sort_key from (%s) as page cross join lateral (select m.id, "
                                + UserRow.COLUMNS + " from membership m" + JOIN_PROFILE
                                + "where m.profile_id = page.profile_id and m.organization_id = %s limit 1) as found",
                        page,
                        organizationId);
        Sql total = everybody(query) ? MemberCounts.total(organizationId) : Sql.of("0");
        String order = (sorted ? "sort_key" + (query.descending() ? " desc" : "") + ", " : "") + "users.profile_id";
        Sql select = Sql.of(
                "select " + UserRow.NAMES + (query.collections() ? ", groups.ids, groups.names" : "")
                        + ", (%s) as total from (%s) as users "
                        + (query.collections() ? groups(organization).joinGroups("users.id") : "") + "order by "
                        + order,
                total,
                users);
        return skipsBlocks ? MemberCounts.skipping(organizationId, query.offset(), select) : select;
    }

    private long count(Organization organization, ListQuery query) {
        Sql organizationId = Sql.value(organization.id());
        Sql count = everybody(query)
                ? MemberCounts.total(organizationId)
                : Sql.of(
                        "select count(*) from membership m" + (usesProfile(query) ? JOIN_PROFILE : " ") + "where %s",
                        conditions(query, organizationId, Sql.value(organization.universeId())));
        return reads.list(count, SingleColumnRowMapper.newInstance(Long.class)).getFirst();
    }

    /** Whether the list is that of all users, in any order. */
    private static boolean everybody(ListQuery query) {
        return query.filter().equals(Sql.TRUE);
    }

    private static Sql conditions(ListQuery query, Sql organizationId, Sql universeId) {
        Sql visible = Sql.of("m.organization_id = %s and " + VisibleMembers.SQL, organizationId)
                .and(query.filter());
        // The indexes on e-mail and names begin with the universe.
        return usesProfile(query) ? visible.and(Sql.of("profile.universe_id = %s", universeId)) : visible;
    }

    private static boolean usesProfile(ListQuery query) {
        return query.filter().names(PROFILE)
                || query.sortKey() != null && query.sortKey().names(PROFILE);
    }

    private static GroupTable groups(Organization organization) {
        return GroupTable.of(organization.settings().groupModel());
    }
}

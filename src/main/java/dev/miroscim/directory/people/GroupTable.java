package dev.miroscim.directory.people;

import dev.miroscim.directory.Sql;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;

/**
 * The tables of a kind of groups, for SQL in which a group is {@code g}, a person's place in it {@code gm} and the
 * membership of a person {@code m}.
 */
public enum GroupTable {
    TEAMS("team", "g.group_name", "team_member", "gm.team_id"),
    USER_GROUPS("user_group", "g.name", "user_group_member", "gm.user_group_id");

    private final String table;
    private final String displayName;
    private final String places;
    private final String groupId;

    GroupTable(String table, String displayName, String memberTable, String groupId) {
        this.table = table + " g";
        this.displayName = displayName;
        this.places = memberTable + " gm";
        this.groupId = groupId;
    }

    public static GroupTable of(GroupModel model) {
        return switch (model) {
            case TEAMS -> TEAMS;
            case USER_GROUPS -> USER_GROUPS;
        };
    }

    /** The table with its alias. */
    public String table() {
        return table;
    }

    /** The name that SCIM shows, a column of the group. */
    public Sql displayName() {
        return Sql.of(displayName);
    }

    /** The id of the group, a column of the person's place. */
    public Sql groupId() {
        return Sql.of(groupId);
    }

    /** Whether the member is in a group that matches. */
    public Sql has(Sql wanted) {
        // PostgreSQL drops a left join that the condition does not use.
        return Sql.of(
                "exists (select 1 from " + places + " left join " + table + " on g.id = " + groupId
                        + " where gm.membership_id = m.id and %s)",
                wanted);
    }

    /**
     * Whether a visible member of the organisation is in the group. There is at most one such row, found by both parts
     * of its key. For a join, PostgreSQL may assume that the group has few members and choose a slow plan.
     *
     * @param named a condition that one member matches at most
     */
    public Sql hasMember(long organizationId, Sql named) {
        return Sql.of(
                "exists (select 1 from " + places + " where " + groupId + " = g.id and gm.membership_id = (select m.id"
                        + " from membership m where m.organization_id = %s and %s and " + VisibleMembers.SQL + "))",
                Sql.value(organizationId),
                named);
    }

    /** Selects the id and the name of each group of a member, by id. */
    public String ofMember(String membershipId) {
        return "select g.id as id, %s as name from %s join %s on g.id = %s where gm.membership_id = %s order by g.id"
                .formatted(displayName, places, table, groupId, membershipId);
    }

    /** Joins the ids and names of all groups of a member, as the arrays {@code groups.ids} and {@code groups.names}. */
    public String joinGroups(String membershipId) {
        return """
                left join lateral (
                  select array_agg(g.id order by g.id) as ids, array_agg(%s order by g.id) as names
                  from %s join %s on g.id = %s where gm.membership_id = %s) as groups on true
                """.formatted(displayName, places, table, groupId, membershipId);
    }
}

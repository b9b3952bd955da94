package dev.miroscim.directory.groups;

import static java.util.Arrays.setAll;

import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Reads what groups show of their members from an index alone: {@code V14__shown_members.sql} says how it gets there.
 */
final class MembersOfGroups {

    /** How many members are in memory as rows at once. */
    private static final int ROWS = 5_000;

    private final JdbcTemplate database;
    private final String ofOne;
    private final String ofMany;

    /**
     * @param memberTable the table of who is in which group
     * @param groupColumn the column of the group in it
     */
    MembersOfGroups(DataSource database, String memberTable, String groupColumn) {
        this.database = new JdbcTemplate(database);
        this.database.setFetchSize(ROWS);
        String members = """
                select person_id, shown_name from %s where %s = %%s and shown_name is not null order by person_id
                """.formatted(memberTable, groupColumn);
        this.ofOne = members.formatted("?");
        // Unlike a list of ids, this is planned once for any number of groups.
        this.ofMany = """
                select wanted.place, member.person_id, member.shown_name
                from unnest(?) with ordinality as wanted (id, place) cross join lateral (%s) as member
                """.formatted(members.formatted("wanted.id"));
    }

    GroupMembers of(long group) {
        GroupMembers members = GroupMembers.empty();
        database.query(
                ofOne,
                row -> {
                    members.add(row.getLong(1), row.getBytes(2));
                },
                group);
        return members;
    }

    /** The members of several groups, in the order of the groups. */
    List<GroupMembers> of(Long[] groups) {
        GroupMembers[] members = new GroupMembers[groups.length];
        setAll(members, _ -> GroupMembers.empty());
        database.query(
                connection -> {
                    var statement = connection.prepareStatement(ofMany);
                    statement.setArray(1, connection.createArrayOf("bigint", groups));
                    return statement;
                },
                row -> {
                    members[row.getInt(1) - 1].add(row.getLong(2), row.getBytes(3));
                });
        return List.of(members);
    }
}

package dev.miroscim.directory.users;

import static java.util.stream.Collectors.joining;

import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.GroupRef;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.springframework.jdbc.core.RowMapper;

/** Reads users from rows of {@link #COLUMNS}, and of their groups' ids and names if those follow. */
final class UserRow implements RowMapper<User> {

    /** Columns of {@code membership m} and {@code profile}. */
    static final String COLUMNS = "m.profile_id, m.role, m.status, m.admin_roles, "
            + Arrays.stream(UserAttribute.values())
                    .map(UserAttribute::sqlColumn)
                    .distinct()
                    .collect(joining(", "));

    /** What {@link #COLUMNS} are called where they come from a subquery. */
    static final String NAMES = COLUMNS.replaceAll("\\w+\\.", "");

    private static final Map<UserAttribute, Integer> INDEXES = indexes();
    private static final int GROUP_IDS = Collections.max(INDEXES.values()) + 1;

    private final boolean withGroups;

    UserRow(boolean withGroups) {
        this.withGroups = withGroups;
    }

    @Override
    public User mapRow(ResultSet row, int number) throws SQLException {
        Map<UserAttribute, String> texts = new EnumMap<>(UserAttribute.class);
        for (UserAttribute attribute : UserAttribute.values()) {
            String text = row.getString(INDEXES.get(attribute));
            if (text != null) {
                texts.put(
                        attribute,
                        attribute == UserAttribute.USER_TYPE
                                ? License.valueOf(text).wireName()
                                : text);
            }
        }
        return new User(
                row.getLong(1),
                new Membership.State(
                        texts,
                        Membership.Status.valueOf(row.getString(3)),
                        OrganizationRole.valueOf(row.getString(2)),
                        adminRoles(row.getArray(4))),
                withGroups ? groups(row) : List.of());
    }

    private static SortedSet<String> adminRoles(Array names) throws SQLException {
        return Collections.unmodifiableSortedSet(new TreeSet<>(Arrays.asList((String[]) names.getArray())));
    }

    private static List<GroupRef> groups(ResultSet row) throws SQLException {
        Array array = row.getArray(GROUP_IDS);
        if (array == null) {
            return List.of();
        }
        Long[] ids = (Long[]) array.getArray();
        String[] names = (String[]) row.getArray(GROUP_IDS + 1).getArray();
        List<GroupRef> groups = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            groups.add(new GroupRef(ids[i], names[i]));
        }
        return groups;
    }

    private static Map<UserAttribute, Integer> indexes() {
        List<String> columns = Arrays.asList(COLUMNS.split(", "));
        Map<UserAttribute, Integer> indexes = new EnumMap<>(UserAttribute.class);
        for (UserAttribute attribute : UserAttribute.values()) {
            indexes.put(attribute, columns.indexOf(attribute.sqlColumn()) + 1);
        }
        return indexes;
    }
}

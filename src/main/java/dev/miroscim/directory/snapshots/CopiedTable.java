package dev.miroscim.directory.snapshots;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The tables that a snapshot copies. Rows are inserted in this order and deleted in the opposite one, as foreign keys
 * demand. In the conditions, {@code t} is a row of the table.
 */
enum CopiedTable {
    PROFILE(
            List.of("id"),
            "exists (select 1 from membership m where m.profile_id = t.id and m.organization_id = :organization)",
            "email"),
    TEAM(List.of("id"), "t.organization_id = :organization", "group_name"),
    TEAM_SETTINGS(List.of("team_id"), "t.team_id in (select id from team where organization_id = :organization)", null),
    USER_GROUP(List.of("id"), "t.organization_id = :organization", "name"),
    MEMBERSHIP(List.of("id"), "t.organization_id = :organization", null),
    TEAM_MEMBER(
            List.of("team_id", "membership_id"),
            "t.team_id in (select id from team where organization_id = :organization)",
            null),
    USER_GROUP_MEMBER(
            List.of("user_group_id", "membership_id"),
            "t.user_group_id in (select id from user_group where organization_id = :organization)",
            null),
    USER_GROUP_TEAM(
            List.of("user_group_id", "team_id"),
            "t.user_group_id in (select id from user_group where organization_id = :organization)",
            null),
    BOARD(List.of("id"), "t.organization_id = :organization", null);

    private final List<String> key;
    private final String owned;
    private final @Nullable String uniqueName;

    CopiedTable(List<String> key, String owned, @Nullable String uniqueName) {
        this.key = key;
        this.owned = owned;
        this.uniqueName = uniqueName;
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Selects the organisation's rows as they are now: source, key, content. */
    String current() {
        return "select '%s' as source, %s as key, to_jsonb(t) as content from %s t where %s"
                .formatted(table(), keyOf("t"), table(), owned);
    }

    /** Selects the rows that differ between the snapshot and now: the earlier content and the present one. */
    String differing() {
        return """
                select earlier.content as earlier, present.content as present
                from (select key, content from snapshot_row where snapshot_id = :snapshot and source = '%s') as earlier
                full join (%s) as present using (key)
                where earlier.content is distinct from present.content
                order by key
                """.formatted(table(), current());
    }

    /** Deletes the organisation's rows that the snapshot lacks. */
    String deleteOthers() {
        return """
                delete from %s t where %s and not exists (
                  select 1 from snapshot_row r where r.snapshot_id = :snapshot and r.source = '%s' and r.key = %s)
                """.formatted(table(), owned, table(), keyOf("t"));
    }

    /**
     * Gives rows whose unique name differs from that in the snapshot a name that nothing else has, so that names can be
     * swapped; null if the table has no unique names.
     */
    @Nullable
    String clearNames() {
        return uniqueName == null ? null : """
                update %1$s t set %2$s = '#' || t.id from snapshot_row r
                where r.snapshot_id = :snapshot and r.source = '%1$s' and t.id = (r.content ->> 'id')::bigint
                  and t.%2$s <> r.content ->> '%2$s'
                """.formatted(table(), uniqueName);
    }

    /**
     * Inserts the rows of the snapshot that are missing, and updates those that differ. A column that the snapshot does
     * not know, because it is newer, keeps its value.
     *
     * @param columns all that are stored, and not generated
     */
    String restore(List<String> columns) {
        String same = key.stream()
                .map(k -> "t.%1$s = (r.content ->> '%1$s')::bigint".formatted(k))
                .collect(Collectors.joining(" and "));
        return """
                insert into %1$s (%2$s)
                select %3$s from snapshot_row r
                left join %1$s t on %4$s
                cross join lateral jsonb_populate_record(t, r.content) as v
                where r.snapshot_id = :snapshot and r.source = '%1$s' and to_jsonb(t) is distinct from r.content
                on conflict (%5$s) do update set (%2$s) = row (%6$s)
                """.formatted(
                        table(),
                        String.join(", ", columns),
                        prefixed("v", columns),
                        same,
                        String.join(", ", key),
                        prefixed("excluded", columns));
    }

    private String keyOf(String row) {
        return key.stream().map(k -> row + "." + k + "::text").collect(Collectors.joining(" || ':' || "));
    }

    private static String prefixed(String row, List<String> columns) {
        return columns.stream().map(column -> row + "." + column).collect(Collectors.joining(", "));
    }
}

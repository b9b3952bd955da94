package dev.miroscim.emulator.journal;

import dev.miroscim.emulator.clock.SystemTime;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Reads and deletes the journal in the database. */
@Component
class JournalStore {

    private final JdbcClient database;
    private final JsonMapper json;
    private final Duration maxAge;

    JournalStore(JdbcClient database, JsonMapper json, JournalProperties properties) {
        this.database = database;
        this.json = json;
        this.maxAge = properties.maxAge();
    }

    /** The newest entries, newest first. */
    @Transactional(readOnly = true)
    public List<JournalEntry> newest(EntryFilter filter, int limit) {
        return list(filter, "desc", limit);
    }

    /** The oldest entries, oldest first. */
    @Transactional(readOnly = true)
    public List<JournalEntry> oldest(EntryFilter filter, int limit) {
        return list(filter, "asc", limit);
    }

    /** The number of matching entries, counted up to {@code enough}. */
    @Transactional(readOnly = true)
    public int count(EntryFilter filter, int enough) {
        return database.sql("select count(*) from (select 1 from journal where called_at > :oldest" + filter.where()
                        + " limit :enough) as found")
                .params(filter.parameters())
                .param("oldest", oldest())
                .param("enough", enough)
                .query(Integer.class)
                .single();
    }

    /** The id of the entry that was written last. */
    @Transactional(readOnly = true)
    public long lastId() {
        return database.sql("select coalesce(max(id), 0) from journal")
                .query(Long.class)
                .single();
    }

    @Transactional
    public void delete(EntryFilter filter) {
        if (!filter.conditions().isEmpty()) {
            database.sql("delete from journal where true" + filter.where())
                    .params(filter.parameters())
                    .update();
            return;
        }
        // Writers lock this row first.
        database.sql("update journal_state set entries = 0, began_at = now()").update();
        IntStream.range(0, JournalProperties.SEGMENTS)
                .forEach(segment -> database.sql("truncate journal_" + segment).update());
    }

    private List<JournalEntry> list(EntryFilter filter, String order, int limit) {
        return database.sql("select * from journal where called_at > :oldest" + filter.where() + " order by id " + order
                        + " limit :limit")
                .params(filter.parameters())
                .param("oldest", oldest())
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    private OffsetDateTime oldest() {
        return SystemTime.now().minus(maxAge).atOffset(ZoneOffset.UTC);
    }

    private JournalEntry entry(ResultSet row) throws SQLException {
        long organization = row.getLong("organization_id");
        boolean opened = !row.wasNull();
        return new JournalEntry(
                Long.toString(row.getLong("id")),
                row.getObject("called_at", OffsetDateTime.class).toInstant(),
                opened ? Long.toString(organization) : null,
                row.getString("plane"),
                row.getString("method"),
                row.getString("path"),
                row.getString("query"),
                body(row.getString("body")),
                row.getObject("status", Integer.class),
                body(row.getString("response")),
                row.getLong("micros") / 1_000.0,
                new JournalEntry.Client(row.getString("address"), row.getString("user_agent")),
                row.getString("request_id"),
                list(row.getString("notes"), new TypeReference<List<JournalEntry.RuleNote>>() {}),
                list(row.getString("faults"), new TypeReference<List<FaultNote>>() {}));
    }

    private <T> List<T> list(@Nullable String text, TypeReference<List<T>> type) {
        return text == null ? List.of() : json.readValue(text, type);
    }

    private @Nullable JsonNode body(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String start = text.stripLeading();
        if (start.startsWith("{") || start.startsWith("[")) {
            try {
                return json.readTree(text);
            } catch (JacksonException _) {
                // Truncated, or not JSON at all.
            }
        }
        return StringNode.valueOf(text);
    }
}

package dev.miroscim.emulator.faults;

import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.faults.InjectedFault.BrokenConnection;
import dev.miroscim.emulator.faults.InjectedFault.Ending;
import dev.miroscim.emulator.faults.InjectedFault.InjectedError;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Stores faults in the database. */
@Component
class FaultStore {

    /** Selects faults that are neither expired nor used up. */
    private static final String ACTIVE =
            " (remaining is null or remaining > 0) and (expires_at is null or expires_at > :now) ";

    /** How long faults that are used up or expired stay listed. */
    private static final Duration KEPT = Duration.ofDays(1);

    private final JdbcClient database;

    FaultStore(JdbcClient database) {
        this.database = database;
    }

    @Transactional
    public long nextId() {
        return database.sql("select nextval('miro_id')").query(Long.class).single();
    }

    /** Stores a fault, and deletes those that ended long ago. */
    @Transactional
    public void insert(InjectedFault fault, Instant now) {
        database.sql("delete from fault where not (" + ACTIVE
                        + ") and created_at < :old and coalesce(expires_at < :old, true)")
                .param("now", sql(now))
                .param("old", sql(now.minus(KEPT)))
                .update();
        InjectedError answer = fault.ending() instanceof InjectedError error ? error : null;
        database.sql("""
                        insert into fault (id, organization_id, plane, method, path, remaining, probability, status, code,
                            detail, retry_after, delay_millis, after_the_call, reset, created_at, expires_at)
                        values (:id, :organization, :plane, :method, :path, :remaining, :probability, :status, :code,
                            :detail, :retryAfter, :delay, :after, :reset, :now, :expires)
                        """)
                .param("id", fault.id())
                .param("organization", fault.organizationId())
                .param("plane", fault.plane() == null ? null : fault.plane().name())
                .param("method", fault.methods().isEmpty() ? null : String.join(",", fault.methods()))
                .param("path", fault.path())
                .param("remaining", fault.remaining())
                .param("probability", fault.probability())
                .param("status", answer == null ? null : answer.status().value())
                .param("code", answer == null ? null : answer.scimType())
                .param("detail", answer == null ? null : answer.detail())
                .param("retryAfter", answer == null ? null : answer.retryAfter())
                .param("delay", fault.delay().isZero() ? null : fault.delay().toMillis())
                .param("after", fault.afterTheCall())
                .param("reset", fault.ending() instanceof BrokenConnection)
                .param("now", sql(now))
                .param("expires", fault.expiresAt() == null ? null : sql(fault.expiresAt()))
                .update();
    }

    /** All faults, or those of one organisation, oldest first. */
    @Transactional(readOnly = true)
    public List<InjectedFault> list(@Nullable Long organizationId) {
        return organizationId == null
                ? database.sql("select * from fault order by id")
                        .query((row, _) -> fault(row))
                        .list()
                : database.sql("select * from fault where organization_id = ? order by id")
                        .param(organizationId)
                        .query((row, _) -> fault(row))
                        .list();
    }

    /** The active faults, oldest first. */
    @Transactional(readOnly = true)
    public List<InjectedFault> active(Instant now) {
        return database.sql("select * from fault where" + ACTIVE + "order by id")
                .param("now", sql(now))
                .query((row, _) -> fault(row))
                .list();
    }

    @Transactional(readOnly = true)
    public Optional<InjectedFault> find(long id) {
        return database.sql("select * from fault where id = ?")
                .param(id)
                .query((row, _) -> fault(row))
                .optional();
    }

    /**
     * Counts one of the calls that a fault acts on. Concurrent callers, on any instance, wait for each other at the
     * row, so that each sees the remaining count.
     *
     * @return false if the fault is used up or expired
     */
    @Transactional
    public boolean take(long id, Instant now) {
        // The call need not wait until the count is on disk.
        database.sql("set local synchronous_commit = off").update();
        return database.sql("update fault set remaining = remaining - 1, hits = hits + 1 where id = :id and" + ACTIVE
                        + "returning id")
                .param("id", id)
                .param("now", sql(now))
                .query(Long.class)
                .optional()
                .isPresent();
    }

    @Transactional
    public boolean delete(long id) {
        return database.sql("delete from fault where id = ?").param(id).update() > 0;
    }

    /** Deletes all faults, or those of one organisation. */
    @Transactional
    public void deleteAll(@Nullable Long organizationId) {
        if (organizationId == null) {
            database.sql("delete from fault").update();
        } else {
            database.sql("delete from fault where organization_id = ?")
                    .param(organizationId)
                    .update();
        }
    }

    private static InjectedFault fault(ResultSet row) throws SQLException {
        String plane = row.getString("plane");
        String method = row.getString("method");
        OffsetDateTime expiresAt = row.getObject("expires_at", OffsetDateTime.class);
        return new InjectedFault(
                row.getLong("id"),
                row.getObject("organization_id", Long.class),
                plane == null ? null : TokenKind.valueOf(plane),
                method == null ? List.of() : List.of(method.split(",")),
                row.getString("path"),
                row.getObject("remaining", Integer.class),
                row.getDouble("probability"),
                Duration.ofMillis(row.getLong("delay_millis")),
                ending(row),
                row.getBoolean("after_the_call"),
                expiresAt == null ? null : expiresAt.toInstant(),
                row.getLong("hits"));
    }

    private static @Nullable Ending ending(ResultSet row) throws SQLException {
        if (row.getBoolean("reset")) {
            return new BrokenConnection();
        }
        Integer status = row.getObject("status", Integer.class);
        return status == null
                ? null
                : new InjectedError(
                        HttpStatus.valueOf(status),
                        row.getString("code"),
                        row.getString("detail"),
                        row.getObject("retry_after", Integer.class));
    }

    private static OffsetDateTime sql(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}

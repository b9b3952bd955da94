package dev.miroscim.emulator.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.directory.Notes.Note;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes calls into the journal with one thread, one connection at a time and one transaction per batch. While the
 * database is unavailable, it retries and the queue fills up.
 */
@Component
class JournalWriter implements SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(2);

    private static final String COPY = """
            copy journal_%d (called_at, organization_id, plane, method, path, query, body, status, response, micros,
                address, user_agent, request_id, rules, notes, faults) from stdin
            """;

    private final DataSource database;
    private final JournalQueue queue;
    private final JournalProperties properties;
    private final Redaction redaction;
    private final JsonMapper json;
    private volatile CountDownLatch stopping = new CountDownLatch(1);

    private volatile @Nullable Thread thread;

    /** Whether the log already says that the journal cannot be written. */
    private boolean told;

    JournalWriter(
            DataSource database,
            JournalQueue queue,
            JournalProperties properties,
            Redaction redaction,
            JsonMapper json) {
        this.database = database;
        this.queue = queue;
        this.properties = properties;
        this.redaction = redaction;
        this.json = json;
    }

    @Override
    public void start() {
        stopping = new CountDownLatch(1);
        thread = Thread.ofPlatform().name("journal").daemon().start(this::run);
    }

    @Override
    public void stop() {
        Thread writer = thread;
        if (writer == null) {
            return;
        }
        try {
            queue.flush(PATIENCE_AT_THE_END);
            stopping.countDown();
            writer.interrupt();
            writer.join(PATIENCE_AT_THE_END);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }

    /** Starts before the web server and stops after it. */
    @Override
    public int getPhase() {
        return 0;
    }

    private void run() {
        try {
            while (stopping.getCount() > 0) {
                List<Call> calls = queue.take();
                try {
                    write(calls);
                } catch (RuntimeException e) {
                    log.error("Calls cannot be written into the journal", e);
                    queue.lost(calls.size());
                }
                queue.done();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(List<Call> calls) throws InterruptedException {
        byte[] rows = rows(calls);
        while (true) {
            try (Connection connection = database.getConnection()) {
                int segment = segment(connection, calls.size());
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(COPY.formatted(segment), new ByteArrayInputStream(rows));
                connection.commit();
                told = false;
                return;
            } catch (SQLException | IOException e) {
                if (!told) {
                    log.warn(
                            "The journal cannot be written: {}",
                            String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                    told = true;
                }
                if (!maySucceedLater(e) || stopping.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS)) {
                    queue.lost(calls.size());
                    return;
                }
            }
        }
    }

    /** Deletes expired entries, also if no new calls are written. */
    @Scheduled(fixedDelay = 10, initialDelay = 10, timeUnit = TimeUnit.MINUTES)
    void forgetTheOld() {
        try (Connection connection = database.getConnection()) {
            segment(connection, 0);
            connection.commit();
        } catch (SQLException e) {
            log.debug("Expired journal entries were not deleted", e);
        }
    }

    /** The segment to write to. Its row stays locked until the end of the transaction. */
    private int segment(Connection connection, int more) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            // A crash may lose the last moment of the journal. Readers may have locked the segment that is to be
            // emptied.
            statement.execute("set local synchronous_commit = off; set local lock_timeout = '3s'");
        }
        int segment;
        try (PreparedStatement update = connection.prepareStatement("""
                update journal_state set entries = entries + ?
                returning segment, entries > ? or began_at < now() - ? * interval '1 millisecond'
                """)) {
            update.setInt(1, more);
            update.setInt(2, properties.entriesPerSegment());
            update.setLong(3, properties.maxAge().toMillis() / (JournalProperties.SEGMENTS - 1));
            try (ResultSet row = update.executeQuery()) {
                row.next();
                segment = row.getInt(1);
                if (!row.getBoolean(2)) {
                    return segment;
                }
            }
        }
        int next = (segment + 1) % JournalProperties.SEGMENTS;
        try (Statement statement = connection.createStatement()) {
            statement.execute("truncate journal_" + next);
            statement.execute(
                    "update journal_state set segment = %d, entries = %d, began_at = now()".formatted(next, more));
        }
        return next;
    }

    private byte[] rows(List<Call> calls) {
        CopyFormat rows = new CopyFormat();
        for (Call call : calls) {
            rows.add(call.time())
                    .add(call.organizationId())
                    .add(JournalEntry.plane(call.plane()))
                    .add(call.method())
                    .add(redaction.path(call.path(), call.token()))
                    .add(call.query() == null ? null : redaction.query(call.query(), call.token()))
                    .add(text(call.body(), call.token()))
                    .add(call.status())
                    .add(text(call.response(), call.token()))
                    .add(call.micros())
                    .add(call.address())
                    .add(call.userAgent() == null ? null : redaction.text(call.userAgent(), call.token()))
                    .add(call.requestId() == null ? null : redaction.text(call.requestId(), call.token()))
                    .addWords(call.notes().stream()
                            .map(note -> note.rule().id())
                            .distinct()
                            .toList())
                    .add(call.notes().isEmpty() ? null : redaction.body(notes(call.notes()), call.token()))
                    .add(call.faults().isEmpty() ? null : json.writeValueAsString(call.faults()))
                    .endRow();
        }
        return rows.bytes();
    }

    private String notes(List<Note> notes) {
        return json.writeValueAsString(
                notes.stream().map(JournalEntry.RuleNote::of).distinct().toList());
    }

    private @Nullable String text(Call.Body body, @Nullable String token) {
        if (body.kept().length == 0) {
            return null;
        }
        Charset charset = UTF_8;
        try {
            charset = body.charset() == null ? UTF_8 : Charset.forName(body.charset());
        } catch (IllegalArgumentException _) {
            // No other reader will know this encoding either.
        }
        return redaction.body(new String(body.kept(), charset), token);
    }

    /** Whether the database is unavailable, full or busy; other errors would only repeat. */
    private static boolean maySucceedLater(Exception exception) {
        if (!(exception instanceof SQLException sql)) {
            return true;
        }
        String state = sql.getSQLState();
        return sql instanceof SQLTransientException
                || sql instanceof SQLRecoverableException
                || state != null && List.of("08", "40", "53", "55", "57").contains(state.substring(0, 2));
    }
}

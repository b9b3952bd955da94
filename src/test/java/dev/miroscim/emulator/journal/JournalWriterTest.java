package dev.miroscim.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.miroscim.MiroScimTest;
import dev.miroscim.OwnDatabase;
import dev.miroscim.emulator.clock.SystemTime;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.unit.DataSize;
import tools.jackson.databind.json.JsonMapper;

/** The journal's limits, and what becomes of it when its database does not take it. */
@MiroScimTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log")
class JournalWriterTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static OwnDatabase database;

    @Autowired
    Redaction redaction;

    @Autowired
    JsonMapper json;

    private HikariDataSource connections;
    private JournalQueue queue;
    private JournalWriter writer;
    private JournalStore store;

    @BeforeAll
    static void makeDatabase() throws SQLException {
        database = OwnDatabase.create("journal");
        Flyway.configure()
                .dataSource(database.url(), database.username(), database.password())
                .load()
                .migrate();
    }

    @AfterAll
    static void dropDatabase() throws SQLException {
        database.drop();
    }

    @BeforeEach
    void startWriter() throws SQLException {
        database.execute("truncate journal");
        database.execute("update journal_state set segment = 0, entries = 0, began_at = now()");
        start(database.url(), JournalQueueTest.properties(40, Duration.ofHours(1), DataSize.ofMegabytes(8)));
    }

    @AfterEach
    void stopWriter() {
        writer.stop();
        connections.close();
    }

    private void start(String url, JournalProperties properties) {
        HikariConfig pool = new HikariConfig();
        pool.setJdbcUrl(url);
        pool.setUsername(database.username());
        pool.setPassword(database.password());
        pool.setAutoCommit(false);
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(500);
        pool.setInitializationFailTimeout(-1);
        connections = new HikariDataSource(pool);
        queue = new JournalQueue(properties);
        writer = new JournalWriter(connections, queue, properties, redaction, json);
        store = new JournalStore(
                JdbcClient.create(
                        new DriverManagerDataSource(database.url(), database.username(), database.password())),
                json,
                properties);
        writer.start();
    }

    @Test
    void count_isBounded() throws Exception {
        for (int i = 1; i <= 105; i++) {
            queue.offer(Calls.of("/" + i));
        }
        queue.flush(PATIENCE);

        assertThat(database.number("select count(*) from journal")).isBetween(31L, 40L);
        assertThat(paths()).startsWith("/105", "/104").contains("/76").doesNotContain("/64");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void age_isBounded() throws Exception {
        queue.offer(Calls.at("/old", SystemTime.now().minus(Duration.ofMinutes(61))));
        queue.offer(Calls.of("/new"));
        queue.flush(PATIENCE);

        assertThat(paths()).containsExactly("/new");
        assertThat(database.number("select count(*) from journal")).isEqualTo(2);

        for (int segment = 0; segment < JournalProperties.SEGMENTS; segment++) {
            database.execute("update journal_state set began_at = began_at - interval '21 minutes'");
            writer.forgetTheOld();
        }

        assertThat(database.number("select count(*) from journal")).isZero();
    }

    @Test
    void aTableThatIsGone_costsOnlyTheJournal(CapturedOutput output) throws Exception {
        database.execute("alter table journal_state rename to journal_gone");
        try {
            queue.offer(Calls.of("/1"));
            queue.offer(Calls.of("/2"));
            queue.flush(PATIENCE);
        } finally {
            database.execute("alter table journal_gone rename to journal_state");
        }
        queue.offer(Calls.of("/3"));
        queue.flush(PATIENCE);

        assertThat(queue.dropped()).isEqualTo(2);
        assertThat(output)
                .contains("The journal cannot be written: ")
                .contains("Calls that are missing from the journal");
        assertThat(paths()).containsExactly("/3");
    }

    @Test
    void aDatabaseThatIsFull_isWaitedFor(CapturedOutput output) throws Exception {
        database.execute("""
                create function refuse() returns trigger language plpgsql as
                $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$
                """);
        database.execute("create trigger full_disk before insert on journal for each row execute function refuse()");
        try {
            queue.offer(Calls.of("/1"));
            await().until(() -> output.getOut().contains("No space left on device"));
            queue.offer(Calls.of("/2"));
        } finally {
            database.execute("drop function refuse() cascade");
        }
        queue.flush(PATIENCE);

        assertThat(paths()).containsExactly("/2", "/1");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void aTableThatIsLocked_isWaitedFor() throws Exception {
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table journal_state in access exclusive mode");
            queue.offer(Calls.of("/1"));
            await().until(() -> database.number(
                            "select count(*) from pg_locks where not granted and relation = 'journal_state'::regclass")
                    == 1);
            other.rollback();
        }
        queue.flush(PATIENCE);

        assertThat(paths()).containsExactly("/1");
    }

    @Test
    void aDatabaseThatIsAway_letsTheQueueFill(CapturedOutput output) throws Exception {
        stopWriter();
        start(
                "jdbc:postgresql://localhost:1/nothing",
                JournalQueueTest.properties(40, Duration.ofHours(1), DataSize.ofBytes(20_000)));

        for (int i = 0; i < 1_000; i++) {
            queue.offer(Calls.of("/" + i));
        }

        // A batch may be on its way out of the queue.
        assertThat(queue.dropped()).isBetween(970L, 980L);
        assertThat(output).contains("Calls that are missing from the journal");
    }

    @Test
    void writesAgainAfterItWasStopped() throws Exception {
        queue.offer(Calls.of("/before"));
        writer.stop();
        writer.start();
        queue.offer(Calls.of("/after"));
        queue.flush(PATIENCE);

        assertThat(paths()).containsExactly("/after", "/before");
    }

    private List<String> paths() {
        return store.newest(EntryFilter.all(), 100).stream()
                .map(JournalEntry::path)
                .toList();
    }
}

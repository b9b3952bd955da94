package dev.miroscim.startup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.miroscim.Campaign;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Campaign
class PostgresServerTest {

    @TempDir
    Path dataDir;

    @Test
    void lettersOfAllLanguagesHaveCase() throws SQLException {
        try (PostgresServer server = PostgresServer.temporary()) {
            assertThat(query(server, "select lower('ÉÄŽЖΩ')")).isEqualTo("éäžжω");
            assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void temporary_isFastAndGoneAfterwards() throws SQLException {
        Path folder;
        try (PostgresServer server = PostgresServer.temporary()) {
            folder = Path.of(query(server, "show data_directory")).getParent();
            assertThat(query(server, "show fsync")).isEqualTo("off");
            // What was acknowledged survives the end of the server, though not of the machine.
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(folder).isDirectory();
        }
        assertThat(folder).doesNotExist();
    }

    @Test
    void kept_isDurableAndFoundAgain() throws SQLException {
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "show full_page_writes")).isEqualTo("on");
            query(server, "create table kept as select 42 as answer; select 0");
        }
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
        }
    }

    @Test
    void kept_isOpenToOneAtATime() {
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            assertThatExceptionOfType(DatabaseStartException.class)
                    .isThrownBy(() -> PostgresServer.keptIn(dataDir))
                    .withMessage("Another miro-scim is running on " + dataDir + ".")
                    .satisfies(refusal -> assertThat(refusal.action()).contains("MIRO_DATA_DIR"));
            assertThat(server.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
        }
    }

    @Test
    void kept_survivesTheDeathOfTheServer() throws Exception {
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            query(server, "create table kept as select 42 as answer; select 0");
            long postmaster = Long.parseLong(Files.readAllLines(dataDir.resolve("postgresql/data/postmaster.pid"))
                    .getFirst());
            ProcessHandle process = ProcessHandle.of(postmaster).orElseThrow();
            process.destroyForcibly();
            process.onExit().join();
        }
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            assertThat(query(server, "select answer from kept")).isEqualTo("42");
        }
    }

    /** In a container any process may have the number that the server had before. */
    @Test
    void kept_takesNoOtherProcessForTheServer() throws Exception {
        PostgresServer.keptIn(dataDir).close();
        Path pidFile = dataDir.resolve("postgresql/data/postmaster.pid");
        Files.writeString(pidFile, ProcessHandle.current().pid() + "\n" + dataDir + "\n");
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            assertThat(query(server, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void kept_dataOfAnotherVersion() throws IOException {
        PostgresServer.keptIn(dataDir).close();
        Files.writeString(dataDir.resolve("postgresql/data/PG_VERSION"), "17\n");
        assertThatExceptionOfType(DatabaseStartException.class)
                .isThrownBy(() -> PostgresServer.keptIn(dataDir))
                .withMessageContaining("was initialized by PostgreSQL version 17")
                .satisfies(refusal -> assertThat(refusal.action()).contains("MIRO_DATA_DIR"));
    }

    @Test
    void entersNobodyWithoutThePassword() {
        try (PostgresServer server = PostgresServer.temporary()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), PostgresServer.USER, "guess"))
                    .withMessageContaining("password authentication failed");
        }
    }

    @Test
    void leavesNothingInTheTemporaryFolderOfDeadProcesses() throws IOException {
        Path abandoned = SharedFolder.alone(SharedFolder::newDatabase);
        Files.createDirectories(abandoned.resolve("data/base"));
        PostgresServer.temporary().close();
        assertThat(abandoned).doesNotExist();
        try (Stream<Path> files = Files.list(abandoned.getParent())) {
            assertThat(files).isNotEmpty();
        }
    }

    @Test
    void startsBesideAnAbandonedDatabase_thatCannotBeRemovedNow() throws Exception {
        Path abandoned = SharedFolder.alone(SharedFolder::newDatabase);
        // Cannot be read as the file that it should be.
        Path pidFile = Files.createDirectories(abandoned.resolve("data/postmaster.pid"));

        PostgresServer server = PostgresServer.temporary();
        try {
            assertThat(query(server, "select 1")).isEqualTo("1");
            assertThat(abandoned).exists();
        } finally {
            server.close();
            Files.delete(pidFile);
        }
        PostgresServer.temporary().close();
        assertThat(abandoned).doesNotExist();
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), PostgresServer.USER, server.password());
                Statement statement = connection.createStatement()) {
            boolean rows = statement.execute(sql);
            while (!rows) {
                rows = statement.getMoreResults();
            }
            try (ResultSet result = statement.getResultSet()) {
                result.next();
                return result.getString(1);
            }
        }
    }
}

package dev.miroscim.startup.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.miroscim.Campaign;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Campaign
@Timeout(value = 2, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void killed_comesBackOnItsPortWithWhatWasAcknowledged(boolean kept) throws Exception {
        try (PostgresServer server = kept ? PostgresServer.keptIn(dataDir) : PostgresServer.temporary()) {
            String url = server.jdbcUrl();
            query(server, "create table kept (answer int); select 0");
            for (int death = 1; death <= 3; death++) {
                query(server, "insert into kept values (42); select 0");
                ProcessHandle killed = postmaster(server);
                killed.destroyForcibly();

                awaitOtherThan(killed, server);
                assertThat(server.jdbcUrl()).isEqualTo(url);
                assertThat(query(server, "select count(*) from kept")).isEqualTo(Integer.toString(death));
            }
        }
        if (kept) {
            try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
                assertThat(query(server, "select count(*) from kept")).isEqualTo("3");
            }
        }
    }

    /** PostgreSQL would first wait until the pool closes its connections, and accept no others. */
    @Test
    void askedToStopByOthers_comesBackAlthoughClientsAreConnected() throws Exception {
        try (PostgresServer server = PostgresServer.keptIn(dataDir);
                Connection pooled = connect(server)) {
            assertThat(pooled.isValid(5)).isTrue();
            ProcessHandle stopped = postmaster(server);
            stopped.destroy();
            awaitOtherThan(stopped, server);
        }
    }

    @Test
    void killed_comesBackAlthoughAnotherOfItsProcessesIsBusy() throws Exception {
        try (PostgresServer server = PostgresServer.keptIn(dataDir);
                Connection busy = connect(server)) {
            Thread.ofVirtual().start(() -> {
                try (Statement statement = busy.createStatement()) {
                    statement.execute("select count(*) from generate_series(1, 100000000000)");
                } catch (SQLException _) {
                    // Its process is ended.
                }
            });
            awaitUntil(() -> query(server, "select count(*) from pg_stat_activity where query like '%generate_series%'")
                    .equals("2"));
            ProcessHandle killed = postmaster(server);
            killed.destroyForcibly();
            awaitOtherThan(killed, server);
        }
    }

    @Test
    void killed_movesToAnotherPortIfItsOwnIsTaken() throws Exception {
        try (PostgresServer server = PostgresServer.temporary()) {
            String url = server.jdbcUrl();
            int port = URI.create(url.substring("jdbc:".length())).getPort();
            try (ServerSocket other = new ServerSocket()) {
                other.setReuseAddress(true);
                awaitUntil(() -> {
                    Postmaster.of(server.data()).ifPresent(it -> it.process().destroyForcibly());
                    other.bind(new InetSocketAddress("127.0.0.1", port));
                    return true;
                });
                awaitUntil(() -> !server.jdbcUrl().equals(url));
            }
            awaitUntil(() -> query(server, "select 1").equals("1"));
        }
    }

    @Test
    void closed_staysClosed() throws Exception {
        PostgresServer server = PostgresServer.keptIn(dataDir);
        postmaster(server).destroyForcibly();
        server.close();
        assertThat(Postmaster.of(server.data())).isEmpty();
    }

    /** What a crash leaves in the file may, after a while, be the number of any process. */
    @ParameterizedTest
    @ValueSource(strings = {"number", "file", "everything"})
    void endsNoServerOfOtherData(String forged, @TempDir Path otherDir) throws Exception {
        PostgresServer.keptIn(dataDir).close();
        Path pidFile = dataDir.resolve("postgresql/data/postmaster.pid");
        try (PostgresServer other = PostgresServer.keptIn(otherDir)) {
            List<String> lines = Files.readAllLines(Postmaster.pidFile(other.data()));
            Files.write(
                    pidFile,
                    switch (forged) {
                        case "number" ->
                            List.of(lines.getFirst(), pidFile.getParent().toString(), "1", "1");
                        case "file" -> lines;
                        default -> {
                            lines.set(1, pidFile.getParent().toString());
                            yield lines;
                        }
                    });
            ProcessHandle postmaster = postmaster(other);
            try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
                assertThat(query(server, "select 1")).isEqualTo("1");
            }
            assertThat(postmaster(other)).isEqualTo(postmaster);
            assertThat(query(other, "select 1")).isEqualTo("1");
        }
    }

    @Test
    void endsAServerThatOutlivedItsProgram() throws Exception {
        PostgresServer.keptIn(dataDir).close();
        Path folder = dataDir.resolve("postgresql");
        Path data = folder.resolve("data");
        boolean started = SharedFolder.alone(shared -> {
            PostgresUser user = PostgresUser.current(shared.path(), folder);
            return PostgresPrograms.in(shared.path(), user)
                    .run(folder.resolve("log"), "pg_ctl", List.of("start", "--wait", "--pgdata=" + data));
        });
        assertThat(started).isTrue();
        ProcessHandle outliving = Postmaster.of(data).orElseThrow().process();
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            assertThat(postmaster(server)).isNotEqualTo(outliving);
            assertThat(new Postmaster(outliving, data).isRunning()).isFalse();
        }
    }

    @Test
    void onlyItsUserReadsItsFiles() throws Exception {
        Files.createDirectories(dataDir.resolve("postgresql"));
        Files.setPosixFilePermissions(dataDir, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(dataDir.resolve("postgresql"), PosixFilePermissions.fromString("rwxr-xr-x"));
        try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
            ProcessHandle postmaster = postmaster(server);
            assertThat(postmaster.info().user()).isPresent().get().isNotEqualTo("root");
            try (Stream<Path> files = Files.list(dataDir.resolve("postgresql"))) {
                assertThat(files)
                        .hasSize(5)
                        .allSatisfy(file -> assertThat(Files.getPosixFilePermissions(file))
                                .isSubsetOf(PosixFilePermissions.fromString("rwx------")));
            }
            assertThat(Files.getPosixFilePermissions(dataDir.resolve("postgresql")))
                    .isSubsetOf(PosixFilePermissions.fromString("rwx--x--x"));
            assertThat(Files.getOwner(server.data()).getName())
                    .isEqualTo(postmaster.info().user().get());
            assertThat(query(server, "show unix_socket_directories")).isEmpty();
            assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "select count(*) from pg_hba_file_rules where auth_method <> 'scram-sha-256'"))
                    .isEqualTo("0");
        }
    }

    /** On a file system of its own, which only root can make. */
    @Test
    void diskIsFull_worksAgainWhenThereIsRoom() throws Exception {
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=128m,mode=755", "tmpfs", dataDir.toString()));
        try {
            Path filling = dataDir.resolve("filling");
            try (PostgresServer server = PostgresServer.keptIn(dataDir)) {
                query(server, "create table kept (answer int); insert into kept values (42); select 0");
                fill(filling);
                assertThatExceptionOfType(SQLException.class)
                        .isThrownBy(() -> query(
                                server,
                                "insert into kept select number from generate_series(1, 1000000) number; select 0"))
                        .withMessageContaining("No space left on device");
                ProcessHandle killed = postmaster(server);
                killed.destroyForcibly();
                awaitUntil(() -> !new Postmaster(killed, server.data()).isRunning());
                Files.delete(filling);
                awaitOtherThan(killed, server);
                query(server, "insert into kept values (42); select 0");
                assertThat(query(server, "select count(*) from kept")).isEqualTo("2");
            }
            fill(filling);
            assertThatExceptionOfType(DatabaseStartException.class)
                    .isThrownBy(() -> PostgresServer.keptIn(dataDir.resolve("other")))
                    .withMessageContaining("has only 0 MB left")
                    .satisfies(refusal -> assertThat(refusal.action()).startsWith("Make room there"));
        } finally {
            assertThat(run("umount", dataDir.toString())).isTrue();
        }
    }

    private static void fill(Path file) throws IOException {
        byte[] block = new byte[4096];
        try (OutputStream out = Files.newOutputStream(file)) {
            assertThatExceptionOfType(IOException.class).isThrownBy(() -> {
                while (true) {
                    out.write(block);
                }
            });
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
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

    private static ProcessHandle postmaster(PostgresServer server) throws IOException {
        return Postmaster.of(server.data()).orElseThrow().process();
    }

    /** Waits until another postmaster serves the data. */
    private static void awaitOtherThan(ProcessHandle ended, PostgresServer server) throws Exception {
        awaitUntil(() ->
                !postmaster(server).equals(ended) && query(server, "select 1").equals("1"));
    }

    /** Connections fail, and files are missing, while the server starts again. */
    private static void awaitUntil(Callable<Boolean> condition) {
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(condition);
    }

    private static Connection connect(PostgresServer server) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(), PostgresServer.USER, server.password());
    }

    private static String query(PostgresServer server, String sql) throws SQLException {
        try (Connection connection = connect(server);
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

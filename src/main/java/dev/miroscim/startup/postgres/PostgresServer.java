package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A running embedded PostgreSQL, which {@link Restarts} starts again when it ends.
 *
 * <p>It listens only on the loopback interface and requires a password. Without one, every user of the machine could
 * become its superuser and run programs as the system user behind it.
 */
final class PostgresServer implements AutoCloseable {

    static final String USER = "miro";

    private static final int PORT_ATTEMPTS = 5;

    private static final String CONFIGURATION = """
            # Written by miro-scim at each start.
            listen_addresses = '127.0.0.1'
            port = %1$d
            unix_socket_directories = ''
            max_connections = 200
            shared_buffers = 128MB
            io_method = sync
            jit = off
            random_page_cost = 1.1
            wal_level = minimal
            max_wal_senders = 0
            fsync = %2$s
            full_page_writes = %2$s
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            log_min_messages = fatal
            log_min_error_statement = panic
            log_line_prefix = ''
            """;

    /**
     * Ends the server if this process dies unexpectedly. The script reads the number of each server that this process
     * starts, until the end of its input, which only this process holds open; keys that interrupt this process do not
     * reach it. By then, another process may have started a server on the same data.
     */
    private static final String WATCHDOG = """
            trap '' HUP INT TERM
            while read -r next; do server=$next; done
            if [ "$(head -n 1 "$1/data/postmaster.pid")" = "$server" ]; then
                kill "-$2" "$server"
                for second in 1 2 3 4 5 6 7 8 9; do kill -0 "$server" && sleep 1; done
            fi
            [ "$3" = true ] || rm -rf "$1"
            """;

    private static final String TO_CLIENTS =
            "FATAL: .*(terminating connection|authentication|the database system is).*|DETAIL: .*recovery state.*";

    /** Replaying the log after a crash can take minutes; a server that ends instead is noticed at once. */
    private static final String PATIENCE_TO_START = "--timeout=600";

    private static final String PATIENCE_TO_STOP = "--timeout=20";

    private final LockedFolder folder;
    private final boolean kept;
    private final PostgresUser user;
    private final PostgresPrograms programs;
    private final Path data;
    private final Path passwordFile;
    private final List<Path> logs;
    private final Restarts restarts = new Restarts(this);
    private volatile int port;
    private volatile @Nullable Postmaster postmaster;
    private @Nullable Process watchdog;

    private PostgresServer(LockedFolder folder, boolean kept, PostgresUser user, PostgresPrograms programs) {
        this.folder = folder;
        this.kept = kept;
        this.user = user;
        this.programs = programs;
        this.data = folder.path().resolve("data");
        this.passwordFile = folder.path().resolve("password");
        this.logs = List.of(folder.path().resolve("log"), folder.path().resolve("server.log"));
    }

    /**
     * Starts a server whose data are deleted when it ends. The data need not survive a crash of the machine, which
     * makes the server fast.
     */
    static PostgresServer temporary() {
        return start(null);
    }

    /** Starts a server on the data in this folder, if there are any. */
    static PostgresServer keptIn(Path dataDir) {
        return start(dataDir);
    }

    private static PostgresServer start(@Nullable Path dataDir) {
        try {
            PostgresServer server = SharedFolder.alone(shared -> prepare(shared, dataDir));
            try {
                server.start();
                return server;
            } catch (IOException | RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
            throw DatabaseStartException.in(
                    e.toString(), e, temporary, dataDir == null ? temporary : dataDir.toAbsolutePath());
        }
    }

    private static PostgresServer prepare(SharedFolder shared, @Nullable Path dataDir) throws IOException {
        Path folder = dataDir == null ? shared.newDatabase() : keptFolder(dataDir);
        PostgresUser.guard(folder);
        PostgresUser user = PostgresUser.current(shared.path(), folder);
        PostgresPrograms programs = PostgresPrograms.in(shared.path(), user);
        LockedFolder locked = LockedFolder.tryLock(folder)
                .orElseThrow(() -> new DatabaseStartException(
                        "Another miro-scim is running on " + dataDir + ".",
                        "Stop that one, or name another folder with MIRO_DATA_DIR."));
        for (LockedFolder abandoned : shared.abandonedDatabases()) {
            removeIfPossible(new PostgresServer(abandoned, false, user, programs));
        }
        return new PostgresServer(locked, dataDir != null, user, programs);
    }

    private static void removeIfPossible(PostgresServer abandoned) throws IOException {
        try {
            abandoned.endServer();
            abandoned.release();
        } catch (IOException _) {
            // The watchdog of a killed process may be removing the same folder. What is left goes with the next start.
        } finally {
            abandoned.folder.close();
        }
    }

    private static Path keptFolder(Path dataDir) throws IOException {
        return Files.createDirectories(dataDir.resolve("postgresql")).toRealPath();
    }

    private void start() throws IOException {
        if (Files.exists(data)) {
            user.takeOver(data);
        }
        if (Files.exists(data) && !user.owns(data)) {
            throw new DatabaseStartException(
                    data + " belongs to the user " + Files.getOwner(data).getName() + ".",
                    "Run miro-scim as that user, or name another folder with MIRO_DATA_DIR.");
        }
        if (Files.exists(passwordFile)) {
            user.own(passwordFile);
        }
        newLogs();
        endServer();
        if (!Files.exists(data)) {
            initialize();
        }
        startWatchdog();
        launch();
        restarts.begin();
    }

    /** Starts the server again after it ended, if possible on the same port, which other programs may use. */
    void restart() throws IOException {
        newLogs();
        endServer();
        launch();
    }

    private void newLogs() throws IOException {
        for (Path log : logs) {
            Files.deleteIfExists(log);
            user.own(Files.createFile(log));
        }
    }

    private void launch() throws IOException {
        for (int attempt = 1; ; attempt++) {
            if (port == 0) {
                port = freePort();
            }
            configure();
            if (control("start", PATIENCE_TO_START, "--log=" + logs.getLast())) {
                postmaster = Postmaster.of(data).orElseThrow(this::failed);
                tellWatchdog(postmaster.process().pid());
                return;
            }
            // Another program may have taken the port since it was free.
            boolean portTaken = Files.readString(logs.getLast()).contains("could not create any TCP/IP sockets");
            if (!portTaken || attempt == PORT_ATTEMPTS) {
                throw failed();
            }
            port = 0;
        }
    }

    /** Replaces the file as a whole: on a full disk, half of one would be left. */
    private void configure() throws IOException {
        String configuration = CONFIGURATION.formatted(port, kept ? "on" : "off");
        Path file = data.resolve("postgresql.conf");
        if (!Files.exists(file) || !Files.readString(file).equals(configuration)) {
            Path replacement = folder.path().resolve("postgresql.conf");
            Files.writeString(replacement, configuration);
            user.own(replacement);
            Files.move(replacement, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Why the server has ended, or is about to, although this process did not ask for it; null while it runs. */
    @Nullable
    String end() throws IOException {
        Postmaster running = postmaster;
        if (running != null && running.isRunning()) {
            return running.isStopping() ? "something else asked it to stop" : null;
        }
        return lastComplaint()
                .orElse(Files.exists(Postmaster.pidFile(data)) ? "it was killed" : "something else shut it down");
    }

    /** What the server wrote about itself, rather than about a client, before it ended. */
    private Optional<String> lastComplaint() throws IOException {
        return logLines(logs.getLast())
                .filter(line -> line.startsWith("PANIC:") || line.startsWith("FATAL:"))
                .reduce((_, last) -> last);
    }

    /** What a log says, without what clients were answered. */
    private static Stream<String> logLines(Path log) throws IOException {
        return Files.exists(log)
                ? Files.readString(log, StandardCharsets.ISO_8859_1).lines().filter(line -> !line.matches(TO_CLIENTS))
                : Stream.empty();
    }

    private void initialize() throws IOException {
        Files.deleteIfExists(passwordFile);
        user.own(Files.createFile(passwordFile));
        Files.writeString(passwordFile, randomPassword());
        // Uses another name until it is complete, so that the remains of a failed start are not taken for a database.
        Path unfinished = folder.path().resolve("data.unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
        user.own(Files.createDirectory(unfinished));
        List<String> arguments = new ArrayList<>(List.of(
                "--pgdata=" + unfinished,
                "--username=" + USER,
                "--auth=scram-sha-256",
                "--pwfile=" + passwordFile,
                // The password has 256 random bits, so stretching it would only slow down every connection.
                "--set=scram_iterations=1",
                "--no-instructions",
                // The built-in locale knows the letters of all languages, and is the same on every system.
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        if (!kept) {
            arguments.addAll(List.of("--no-data-checksums", "--no-sync"));
        }
        if (!programs.run(logs.getFirst(), "initdb", arguments)) {
            DatabaseStartException failed = failed();
            FileSystemUtils.deleteRecursively(unfinished);
            throw failed;
        }
        Files.move(unfinished, data);
    }

    private static String randomPassword() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private boolean control(String... arguments) throws IOException {
        List<String> all = new ArrayList<>(List.of("--pgdata=" + data, "--wait"));
        all.addAll(List.of(arguments));
        return programs.run(logs.getFirst(), "pg_ctl", all);
    }

    /**
     * Ends the server, which belongs to this process or has outlived its own: the lock on the folder shows that the
     * other process is gone. It ends no other process, even if that has the number in the file.
     */
    private void endServer() throws IOException {
        if (Postmaster.of(data).isPresent()
                && !control("stop", PATIENCE_TO_STOP, kept ? "--mode=fast" : "--mode=immediate")) {
            control("stop", PATIENCE_TO_STOP, "--mode=immediate");
        }
        Postmaster.endRemaining(data);
        // PostgreSQL does not start while there is a process with the number of an earlier server.
        if (Postmaster.named(data).isPresent()) {
            Files.delete(Postmaster.pidFile(data));
        }
    }

    private void startWatchdog() {
        try {
            watchdog = new ProcessBuilder(
                            "sh",
                            "-c",
                            WATCHDOG,
                            "miro-scim-watchdog",
                            folder.path().toString(),
                            kept ? "INT" : "QUIT",
                            Boolean.toString(kept))
                    .directory(folder.path().getRoot().toFile())
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            // Windows has no sh. The next start ends a server that was left running.
            watchdog = null;
        }
    }

    private void tellWatchdog(long server) throws IOException {
        if (watchdog != null && watchdog.isAlive()) {
            watchdog.outputWriter().append(Long.toString(server)).append('\n').flush();
        }
    }

    private DatabaseStartException failed() {
        StringBuilder report = new StringBuilder("PostgreSQL in " + folder.path() + " said");
        for (Path log : logs) {
            try {
                List<String> lines = logLines(log).toList();
                lines.stream()
                        .skip(Math.max(0, lines.size() - 8))
                        .forEach(line -> report.append("\n    ").append(line));
            } catch (IOException e) {
                report.append("\n    ").append(e);
            }
        }
        String said = report.toString();
        String remedy;
        if (said.contains("is not compatible with this version")) {
            remedy = "Name another folder with MIRO_DATA_DIR.";
        } else if (said.contains("could not look up effective user ID")) {
            remedy = "Run miro-scim as a user who has a name on this system.";
        } else {
            return DatabaseStartException.in(said, null, folder.path());
        }
        return new DatabaseStartException(said, remedy);
    }

    Path data() {
        return data;
    }

    String jdbcUrl() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    String password() {
        try {
            return Files.readString(passwordFile);
        } catch (IOException e) {
            throw new DatabaseStartException("Its password is lost: " + e, "Remove " + folder.path() + ".", e);
        }
    }

    @Override
    public void close() {
        try {
            if (folder.lock().isOpen()) {
                restarts.close();
                endServer();
                release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Leaves the server alone if it ends from now on, because this process ends too. */
    void expectEnd() {
        restarts.close();
    }

    private void release() throws IOException {
        if (watchdog != null) {
            watchdog.destroyForcibly().onExit().join();
        }
        folder.close();
        if (!kept) {
            FileSystemUtils.deleteRecursively(folder.path());
        }
    }
}

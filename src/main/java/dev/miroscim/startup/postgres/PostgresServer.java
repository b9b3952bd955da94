package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.FileSystemUtils;

/**
 * A running embedded PostgreSQL.
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
            synchronous_commit = %2$s
            full_page_writes = %2$s
            timezone = 'UTC'
            log_timezone = 'UTC'
            lc_messages = 'C'
            log_min_messages = fatal
            log_min_error_statement = panic
            log_line_prefix = ''
            """;

    /**
     * Ends the server if this process dies unexpectedly. The script waits for the end of its input, which only this
     * process holds open; keys that interrupt this process do not reach it. By then, another process may have started a
     * server on the same data.
     */
    private static final String WATCHDOG = """
            trap '' HUP INT TERM
            read -r _
            if [ "$(head -n 1 "$1/data/postmaster.pid")" = "$2" ]; then
                kill "-$3" "$2"
                for second in 1 2 3 4 5 6 7 8 9; do kill -0 "$2" && sleep 1; done
            fi
            [ "$4" = true ] || rm -rf "$1"
            """;

    private final LockedFolder folder;
    private final boolean kept;
    private final PostgresUser user;
    private final PostgresPrograms programs;
    private final Path data;
    private final Path passwordFile;
    private final List<Path> logs;
    private int port;
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
            throw new DatabaseStartException(e.toString(), null, e);
        }
    }

    private static PostgresServer prepare(SharedFolder shared, @Nullable Path dataDir) throws IOException {
        PostgresUser user = PostgresUser.current(shared.path());
        PostgresPrograms programs = PostgresPrograms.in(shared.path(), user);
        for (LockedFolder abandoned : shared.abandonedDatabases()) {
            removeIfPossible(new PostgresServer(abandoned, false, user, programs));
        }
        Path folder = dataDir == null ? shared.newDatabase() : keptFolder(dataDir);
        LockedFolder locked = LockedFolder.tryLock(folder)
                .orElseThrow(() -> new DatabaseStartException(
                        "Another miro-scim is running on " + dataDir + ".",
                        "Stop that one, or name another folder with MIRO_DATA_DIR."));
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
        Path folder = dataDir.resolve("postgresql");
        if (!Files.exists(folder)) {
            Files.createDirectories(folder);
            if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
            }
        }
        return folder;
    }

    private void start() throws IOException {
        if (Files.exists(data) && !user.owns(data)) {
            throw new DatabaseStartException(
                    data + " belongs to the user " + Files.getOwner(data).getName() + ".",
                    "Run miro-scim as that user, or name another folder with MIRO_DATA_DIR.");
        }
        user.own(folder.path());
        for (Path log : logs) {
            Files.deleteIfExists(log);
            user.own(Files.createFile(log));
        }
        endServer();
        if (!Files.exists(data)) {
            initialize();
        }
        for (int attempt = 1; ; attempt++) {
            port = freePort();
            Files.writeString(data.resolve("postgresql.conf"), CONFIGURATION.formatted(port, kept ? "on" : "off"));
            if (control("start", "--log=" + logs.getLast())) {
                startWatchdog();
                return;
            }
            // Another program may have taken the port since it was found to be free.
            boolean portTaken = Files.readString(logs.getLast()).contains("could not bind");
            if (!portTaken || attempt == PORT_ATTEMPTS) {
                throw failed();
            }
        }
    }

    private void initialize() throws IOException {
        Files.deleteIfExists(passwordFile);
        Files.writeString(passwordFile, randomPassword());
        user.own(passwordFile);
        // Uses another name until it is complete, so that the remains of a failed start are not taken for a database.
        Path unfinished = folder.path().resolve("data.unfinished");
        FileSystemUtils.deleteRecursively(unfinished);
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
            throw failed();
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
        List<String> all = new ArrayList<>(List.of("--pgdata=" + data, "--wait", "--timeout=30"));
        all.addAll(List.of(arguments));
        return programs.run(logs.getFirst(), "pg_ctl", all);
    }

    /**
     * Ends the server, which belongs to this process or has outlived its own: the lock on the folder shows that the
     * other process is gone. If a server was killed, the process id in its file may now belong to any other process.
     */
    private void endServer() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        if (!Files.exists(pidFile)) {
            return;
        }
        Optional<ProcessHandle> process = Files.readString(pidFile)
                .lines()
                .findFirst()
                .filter(line -> line.matches("\\d{1,18}"))
                .map(Long::valueOf)
                .flatMap(ProcessHandle::of);
        if (process.flatMap(it -> it.info().command())
                .filter(PostgresPrograms::isServer)
                .isPresent()) {
            control("stop", kept ? "--mode=fast" : "--mode=immediate");
        } else {
            Files.delete(pidFile);
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
                            Files.readAllLines(data.resolve("postmaster.pid")).getFirst(),
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

    private DatabaseStartException failed() throws IOException {
        StringBuilder report = new StringBuilder("PostgreSQL in " + folder.path() + " said");
        for (Path log : logs) {
            List<String> lines = Files.readAllLines(log);
            lines.stream()
                    .skip(Math.max(0, lines.size() - 8))
                    .forEach(line -> report.append("\n    ").append(line));
        }
        String said = report.toString();
        String remedy = null;
        if (said.contains("is not compatible with this version")) {
            remedy = "Name another folder with MIRO_DATA_DIR.";
        } else if (said.contains("could not look up effective user ID")) {
            remedy = "Run miro-scim as a user who has a name on this system.";
        }
        return new DatabaseStartException(said, remedy);
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
                endServer();
                release();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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

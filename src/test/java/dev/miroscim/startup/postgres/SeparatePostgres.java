package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.FileSystemUtils;

/**
 * A PostgreSQL that the program under test does not know to be one of ours: it keeps its port, can be killed, frozen and
 * started again, and outlives the programs that use it.
 */
public final class SeparatePostgres implements AutoCloseable {

    private static final String CONFIGURATION = """
            listen_addresses = '127.0.0.1'
            port = %d
            unix_socket_directories = ''
            max_connections = 100
            shared_buffers = 64MB
            io_method = sync
            timezone = 'UTC'
            lc_messages = 'C'
            """;

    private final Path folder;
    private final Path data;
    private final Path log;
    private final int port;
    private final PostgresPrograms programs;

    private SeparatePostgres(Path folder, int port, PostgresPrograms programs) {
        this.folder = folder;
        this.data = folder.resolve("data");
        this.log = folder.resolve("log");
        this.port = port;
        this.programs = programs;
    }

    /** Makes a new database and starts its server. */
    public static SeparatePostgres start() throws IOException {
        Path folder = Files.createTempDirectory("miro-scim-separate-");
        SeparatePostgres server = SharedFolder.alone(shared -> {
            PostgresUser user = PostgresUser.current(shared.path());
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            user.own(folder);
            user.own(Files.createFile(folder.resolve("log")));
            return new SeparatePostgres(folder, freePort(), PostgresPrograms.in(shared.path(), user));
        });
        server.initialize();
        server.startAgain();
        return server;
    }

    private void initialize() throws IOException {
        run("initdb", "--pgdata=" + data, "--username=" + username(), "--auth=trust", "--encoding=UTF8", "--locale=C");
        Files.writeString(data.resolve("postgresql.conf"), CONFIGURATION.formatted(port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Starts the server after it was killed or stopped, and waits until it has recovered. */
    public void startAgain() throws IOException {
        run("pg_ctl", "start", "--pgdata=" + data, "--wait", "--timeout=60", "--log=" + folder.resolve("server.log"));
    }

    /** Stops the server, which breaks off what its clients are doing. */
    public void stop() throws IOException {
        run("pg_ctl", "stop", "--pgdata=" + data, "--wait", "--mode=fast");
    }

    private void run(String program, String... arguments) throws IOException {
        if (!programs.run(log, program, List.of(arguments))) {
            throw new IOException(program + " failed: " + Files.readString(log));
        }
    }

    /** The server and, after it, the processes that work for its clients. */
    public List<ProcessHandle> processes() throws IOException {
        ProcessHandle server = ProcessHandle.of(Long.parseLong(
                        Files.readAllLines(data.resolve("postmaster.pid")).getFirst()))
                .orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(List.of(server));
        try (Stream<ProcessHandle> children = server.descendants()) {
            children.forEach(all::add);
        }
        return all;
    }

    public String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    public String username() {
        return "miro";
    }

    /** Ends the server, if it runs, and removes its data. */
    @Override
    public void close() throws IOException {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            programs.run(log, "pg_ctl", List.of("stop", "--pgdata=" + data, "--wait", "--mode=immediate"));
        }
        FileSystemUtils.deleteRecursively(folder);
    }
}

package dev.miroscim.attack;

import dev.miroscim.startup.postgres.SeparatePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.postgresql.Driver;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;
import org.springframework.util.FileSystemUtils;

/** The database that programs under attack use. */
sealed interface Database {

    /** What a program has to be started with to use it. */
    List<String> settings();

    /** Connects to it directly, so that what it holds is seen without the program. */
    JdbcClient sql();

    /** The processes of its server, the one that started the others first. */
    List<ProcessHandle> processes();

    /** Ends its server at once, as the kernel does when memory runs out. */
    default void kill() {
        ProcessHandle server = processes().getFirst();
        server.destroyForcibly();
        server.onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /**
     * The one that the program brings along.
     *
     * @param folder where its data are kept
     */
    record Embedded(Path folder) implements Database, AutoCloseable {

        /** In a new folder, which anybody can enter since the database may belong to another user. */
        static Embedded create() throws IOException {
            Path folder = Files.createTempDirectory("miro-scim-attack-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            return new Embedded(folder);
        }

        @Override
        public List<String> settings() {
            return List.of("--miro.data-dir=" + folder);
        }

        @Override
        public JdbcClient sql() {
            int lineOfPort = 3;
            return connect(
                    "jdbc:postgresql://127.0.0.1:" + pidFile().get(lineOfPort) + "/postgres",
                    read(folder.resolve("postgresql/password")));
        }

        @Override
        public List<ProcessHandle> processes() {
            ProcessHandle server =
                    ProcessHandle.of(Long.parseLong(pidFile().getFirst())).orElseThrow();
            return Stream.concat(Stream.of(server), server.descendants()).toList();
        }

        /** Removes the data; the program has to have ended. */
        @Override
        public void close() throws IOException {
            FileSystemUtils.deleteRecursively(folder);
        }

        private List<String> pidFile() {
            return read(folder.resolve("postgresql/data/postmaster.pid"))
                    .lines()
                    .toList();
        }

        private static String read(Path file) {
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** One that runs on its own, as in production. */
    record External(SeparatePostgres server) implements Database {

        @Override
        public List<String> settings() {
            return List.of(
                    "--spring.datasource.url=" + server.url(), "--spring.datasource.username=" + server.username());
        }

        @Override
        public JdbcClient sql() {
            return connect(server.url(), "");
        }

        @Override
        public List<ProcessHandle> processes() {
            try {
                return server.processes();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static JdbcClient connect(String url, String password) {
        return JdbcClient.create(new SimpleDriverDataSource(new Driver(), url, "miro", password));
    }
}

package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.springframework.util.FileSystemUtils;
import org.tukaani.xz.XZInputStream;

/** PostgreSQL's programs, unpacked from the class path. */
final class PostgresPrograms {

    static final boolean WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    /** The system property that names a folder with unpacked programs, which the image has. */
    private static final String HOME = "miro.postgres-home";

    private final Path folder;
    private final PostgresUser user;

    private PostgresPrograms(Path folder, PostgresUser user) {
        this.folder = folder;
        this.user = user;
    }

    /** Unpacks the programs into the folder that the argument names. */
    static void main(String[] arguments) throws IOException {
        unpack(archive(), Path.of(arguments[0]));
    }

    /**
     * Unpacks the programs below {@code parent}, unless an earlier process did. The caller must hold the folder's lock.
     */
    static PostgresPrograms in(Path parent, PostgresUser user) throws IOException {
        String home = System.getProperty(HOME);
        if (home != null) {
            return new PostgresPrograms(Path.of(home), user);
        }
        URL archive = archive();
        Path folder = parent.resolve("postgresql-" + fingerprint(archive));
        Path mark = folder.resolve(".complete");
        // Operating systems delete old temporary files one by one, so some may be missing.
        if (!Files.exists(mark) || !Files.readString(mark).equals(countFiles(folder))) {
            FileSystemUtils.deleteRecursively(folder);
            Path unpacked = parent.resolve("unpacked");
            FileSystemUtils.deleteRecursively(unpacked);
            Files.createDirectory(unpacked);
            try {
                unpack(archive, unpacked);
                Files.writeString(unpacked.resolve(".complete"), countFiles(unpacked));
                Files.move(unpacked, folder);
            } finally {
                FileSystemUtils.deleteRecursively(unpacked); // what a full disk did not let complete
            }
        }
        PostgresPrograms programs = new PostgresPrograms(folder, user);
        if (!Files.isExecutable(programs.path("postgres"))) {
            throw new DatabaseStartException(
                    "This system does not allow programs to run from " + parent + ".",
                    "Name another temporary folder with java -Djava.io.tmpdir=…");
        }
        return programs;
    }

    private Path path(String program) {
        return folder.resolve("bin").resolve(WINDOWS ? program + ".exe" : program);
    }

    private static URL archive() {
        String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
        String name = switch (system.split(" ")[0]) {
            case "windows" -> "windows-x86_64"; // Windows on ARM runs these too
            case "mac" -> "darwin-arm_64"; // contains the programs for both of Apple's processors
            default -> system + (System.getProperty("os.arch").equals("aarch64") ? "-arm_64" : "-x86_64");
        };
        URL archive = PostgresPrograms.class.getClassLoader().getResource("postgres-" + name + ".txz");
        if (archive == null) {
            throw new DatabaseStartException("miro-scim has no embedded PostgreSQL for " + name + ".", null);
        }
        return archive;
    }

    private static String fingerprint(URL archive) throws IOException {
        if (archive.openConnection() instanceof JarURLConnection jar) {
            return Long.toHexString(jar.getJarEntry().getCrc());
        }
        throw new IOException(archive + " is not in a jar");
    }

    private static String countFiles(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return Long.toString(
                    files.filter(file -> !file.endsWith(".complete")).count());
        }
    }

    private static void unpack(URL archive, Path folder) throws IOException {
        try (InputStream compressed = archive.openStream();
                var tar = new TarArchiveInputStream(new XZInputStream(compressed))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = folder.resolve(entry.getName());
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file, StandardCopyOption.REPLACE_EXISTING);
                }
                boolean executable = entry.isDirectory() || (entry.getMode() & 0100) != 0;
                if (!WINDOWS && !entry.isSymbolicLink()) {
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
        if (!WINDOWS) {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /** Whether the command is PostgreSQL's server, in any version. */
    static boolean isServer(String command) {
        return Path.of(command).getFileName().toString().matches("postgres(\\.exe)?");
    }

    /**
     * Runs a program to its end.
     *
     * @param log receives its output
     * @return whether it succeeded
     */
    boolean run(Path log, String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(user.command());
        command.add(path(program).toString());
        command.addAll(arguments);
        // Uses a file and not a pipe, which the server that pg_ctl leaves running would keep open.
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(log.toAbsolutePath().getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // PGDATA, PGPORT and similar variables are meant for another server.
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        return waitFor(builder.start()) == 0;
    }

    private static int waitFor(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}

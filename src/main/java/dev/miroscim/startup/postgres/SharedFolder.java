package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The part of the system's temporary folder that all miro-scim processes of one user share: PostgreSQL's programs and
 * the temporary databases. One process at a time changes it.
 */
record SharedFolder(Path path, FileChannel lock) implements AutoCloseable {

    private static final String DATABASE = "database-";

    /** Of a text in a program there is one in a process, even if the test kit loads this class several times. */
    private static final String WITHIN_PROCESS = "dev.miroscim.startup.postgres";

    /** What is done in there. */
    @FunctionalInterface
    interface Work<T> {
        T in(SharedFolder shared) throws IOException;
    }

    /**
     * Waits until nobody else is in there: no other process, and no thread of this one, of which file locks know
     * nothing.
     */
    static <T> T alone(Work<T> work) throws IOException {
        synchronized (WITHIN_PROCESS) {
            try (SharedFolder shared = enter()) {
                return work.in(shared);
            }
        }
    }

    private static SharedFolder enter() throws IOException {
        String user = System.getProperty("user.name").replaceAll("[^\\w.-]", "_");
        Path folder = Path.of(System.getProperty("java.io.tmpdir"), "miro-scim-" + user)
                .toAbsolutePath();
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            Files.createDirectory(folder);
            if (posix) {
                // Readable for the user whom root lends to PostgreSQL.
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (FileAlreadyExistsException e) {
            if (posix && !isOurs(folder)) {
                throw new DatabaseStartException(
                        "Somebody else may write in " + folder + ", where its programs would be.",
                        "Remove that folder, or name another temporary one with java -Djava.io.tmpdir=…");
            }
        }
        FileChannel lock =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock.lock();
            return new SharedFolder(folder, lock);
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Anybody can make a folder of this name first, and leave programs there to be run by us. */
    private static boolean isOurs(Path folder) throws IOException {
        Path ours = Files.createTempFile("miro-scim-", null);
        try {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
            return Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                    && Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(ours))
                    && !permissions.contains(PosixFilePermission.GROUP_WRITE)
                    && !permissions.contains(PosixFilePermission.OTHERS_WRITE);
        } finally {
            Files.delete(ours);
        }
    }

    Path newDatabase() throws IOException {
        return Files.createTempDirectory(path, DATABASE);
    }

    /** The temporary databases of processes that died without a chance to remove them. */
    List<LockedFolder> abandonedDatabases() throws IOException {
        List<Path> databases;
        try (Stream<Path> files = Files.list(path)) {
            databases = files.filter(file -> file.getFileName().toString().startsWith(DATABASE))
                    .toList();
        }
        List<LockedFolder> abandoned = new ArrayList<>();
        for (Path database : databases) {
            LockedFolder.tryLock(database).ifPresent(abandoned::add);
        }
        return abandoned;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

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
 * The part of the temporary folder that all miro-scim processes of a user share: PostgreSQL's programs and the
 * temporary databases. Only one process at a time changes it.
 */
record SharedFolder(Path path, FileChannel lock) implements AutoCloseable {

    private static final String DATABASE = "database-";

    /** Interned, so that all copies of this class that the test kit may load synchronise on the same object. */
    private static final String WITHIN_PROCESS = "dev.miroscim.startup.postgres";

    /** Work that needs the folder's lock. */
    @FunctionalInterface
    interface Work<T> {
        T in(SharedFolder shared) throws IOException;
    }

    /**
     * Waits for exclusive access: for other processes by a file lock, and for other threads of this process, which file
     * locks do not exclude.
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
                // Readable, because root runs PostgreSQL as another user.
                Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        } catch (FileAlreadyExistsException e) {
            if (posix && !isOurs(folder)) {
                throw new DatabaseStartException(
                        "Other users can change " + folder + ", which would contain PostgreSQL's programs.",
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

    /** Checks the owner: anybody could create a folder with this name and put programs there for us to run. */
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

    /** The temporary databases of processes that ended without removing them. */
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

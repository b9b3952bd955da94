package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder that one process has locked, until it closes this record or ends. */
record LockedFolder(Path path, FileChannel lock) implements AutoCloseable {

    /** Noted in system properties, because the test kit may load this class several times. */
    private static final String HELD = LockedFolder.class.getName() + ".held:";

    /** Empty if another process, or another user of this process, has locked it. */
    static Optional<LockedFolder> tryLock(Path folder) throws IOException {
        Path lockFile = lockFile(folder);
        // Opening and closing a file that this process has locked would release the lock.
        if (System.getProperties().putIfAbsent(HELD + lockFile, "true") != null) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            // Who can read it could lock it.
            PostgresUser.restrict(lockFile, "rw-------");
            lock = channel.tryLock();
        } finally {
            if (lock == null) {
                release(lockFile, channel);
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new LockedFolder(folder, channel));
    }

    @Override
    public void close() throws IOException {
        release(lockFile(path), lock);
    }

    private static Path lockFile(Path folder) {
        return folder.toAbsolutePath().normalize().resolve("lock");
    }

    private static void release(Path lockFile, @Nullable FileChannel channel) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            System.clearProperty(HELD + lockFile);
        }
    }
}

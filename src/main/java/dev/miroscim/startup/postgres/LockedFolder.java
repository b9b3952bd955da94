package dev.miroscim.startup.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A folder that one process has for itself, until it closes this or ends. */
record LockedFolder(Path path, FileChannel lock) implements AutoCloseable {

    /** What the process holds is noted in its properties, since the test kit may load this class several times. */
    private static final String HELD = LockedFolder.class.getName() + ".held:";

    /** Empty when another process has it, or another user of this one. */
    static Optional<LockedFolder> tryLock(Path folder) throws IOException {
        Path lockFile = lockFile(folder);
        // To look at a file that this process has locked, and to close it again, would unlock it for other processes.
        if (System.getProperties().putIfAbsent(HELD + lockFile, "true") != null) {
            return Optional.empty();
        }
        FileChannel channel = null;
        FileLock lock = null;
        try {
            channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
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

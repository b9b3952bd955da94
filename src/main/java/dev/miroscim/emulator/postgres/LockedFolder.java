package dev.miroscim.emulator.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** A folder that one process has for itself, until it closes this or ends. */
record LockedFolder(Path path, FileChannel lock) implements AutoCloseable {

    /** Empty when another process has it, or another user of this one. */
    static Optional<LockedFolder> tryLock(Path folder) throws IOException {
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // locked within this process
        } finally {
            if (lock == null) {
                channel.close();
            }
        }
        return lock == null ? Optional.empty() : Optional.of(new LockedFolder(folder, channel));
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}

package dev.miroscim.emulator.journal;

import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * Reads the journal. Calls that this instance answered before are included; those of other instances follow within a
 * moment.
 */
@Service
class Journal {

    /** How long a reader waits for calls that are being written. */
    private static final Duration FLUSH = Duration.ofSeconds(5);

    /** How often to check for calls that other instances wrote. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How many entries a follower reads at once. */
    private static final int PAGE = 100;

    private final JournalQueue queue;
    private final JournalStore store;

    Journal(JournalQueue queue, JournalStore store) {
        this.queue = queue;
        this.store = store;
    }

    /** The newest entries, newest first. */
    List<JournalEntry> newest(EntryFilter filter, int limit) throws InterruptedException {
        queue.flush(FLUSH);
        return store.newest(filter, limit);
    }

    /** Waits for this many entries, at most {@code patience}. */
    void await(EntryFilter filter, int count, Duration patience) throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            long known = queue.accepted();
            queue.flush(FLUSH);
            Duration left = Duration.ofNanos(deadline - System.nanoTime());
            if (store.count(filter, count) >= count || !left.isPositive()) {
                return;
            }
            queue.awaitMore(known, left.compareTo(LOOK) < 0 ? left : LOOK);
        }
    }

    /** The id of the last entry, from which a follower continues. */
    long lastId() throws InterruptedException {
        queue.flush(FLUSH);
        return store.lastId();
    }

    /** The entries after {@code id}, oldest first. If there are none, waits a little for the next call. */
    List<JournalEntry> after(long id, EntryFilter filter) throws InterruptedException {
        long known = queue.accepted();
        queue.flush(FLUSH);
        List<JournalEntry> found = store.oldest(filter.after(id), PAGE);
        if (found.isEmpty()) {
            queue.awaitMore(known, LOOK);
        }
        return found;
    }

    void delete(EntryFilter filter) throws InterruptedException {
        queue.flush(FLUSH);
        store.delete(filter);
    }

    long dropped() {
        return queue.dropped();
    }
}

package dev.miroscim.emulator.journal;

import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Service;

/**
 * The journal for those who read it. What this instance answered before is in it; of other instances, a moment later.
 */
@Service
class Journal {

    /** How long a reader waits for what is on its way into the journal. */
    private static final Duration FLUSH = Duration.ofSeconds(5);

    /** How often to look for what other instances wrote. */
    private static final Duration LOOK = Duration.ofMillis(500);

    /** How much of it is read at once by whoever follows. */
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

    /** Waits until there are as many entries, but no longer than {@code patience}. */
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

    /** The id of the last entry, from which to follow. */
    long lastId() throws InterruptedException {
        queue.flush(FLUSH);
        return store.lastId();
    }

    /**
     * What was written after {@code id}, oldest first; if that is nothing, waits a little for the next call to come.
     */
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

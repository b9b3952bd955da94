package dev.miroscim.database;

import java.util.LinkedHashSet;
import java.util.SequencedSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Turns at something that only a few can use at once, given in the order in which they were asked for.
 *
 * <p>Unlike at a fair semaphore, a waiting thread can look around without losing its place.
 */
final class Turns {

    private final ReentrantLock lock = new ReentrantLock();
    private final SequencedSet<CompletableFuture<Void>> waiting = new LinkedHashSet<>();
    private int free;

    Turns(int atOnce) {
        this.free = atOnce;
    }

    /** A turn, which has begun once the future is complete. It ends with {@link #end}. */
    CompletableFuture<Void> ask() {
        CompletableFuture<Void> turn = new CompletableFuture<>();
        lock.lock();
        try {
            if (free > 0) {
                free--;
                turn.complete(null);
            } else {
                waiting.add(turn);
            }
        } finally {
            lock.unlock();
        }
        return turn;
    }

    /** Ends a turn, whether or not it had begun. */
    void end(CompletableFuture<Void> turn) {
        lock.lock();
        try {
            if (waiting.remove(turn)) {
                return;
            }
            if (waiting.isEmpty()) {
                free++;
            } else {
                waiting.removeFirst().complete(null);
            }
        } finally {
            lock.unlock();
        }
    }

    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }
}

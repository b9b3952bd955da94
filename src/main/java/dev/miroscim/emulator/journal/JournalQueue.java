package dev.miroscim.emulator.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Calls that wait to be written into the journal. If there is no room, a call is dropped and counted, so that no
 * request ever waits here.
 */
@Component
class JournalQueue {

    private static final Logger log = LoggerFactory.getLogger(JournalQueue.class);

    /** The maximum number of calls per write. */
    private static final int BATCH = 1_000;

    /** The part of the room that one write takes at most, so that the rest is free for calls that arrive meanwhile. */
    private static final int PARTS = 8;

    /** How long a call waits for others to be written with it. */
    private static final Duration LINGER = Duration.ofMillis(100);

    /** The minimum time between two warnings about dropped calls. */
    private static final Duration TELL = Duration.ofSeconds(10);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition offered = lock.newCondition();
    private final Condition handled = lock.newCondition();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final long most;
    private final int batchSize;
    private final long batchBytes;

    private long bytes;
    private long accepted;
    private long taken;
    private long done;
    private long urgent;
    private long dropped;
    private long told;
    private long toldAt;

    JournalQueue(JournalProperties properties) {
        this.most = properties.maxWaiting().toBytes();
        // One write must fit into one segment.
        this.batchSize = Math.min(BATCH, properties.entriesPerSegment());
        this.batchBytes = most / PARTS;
    }

    void offer(Call call) {
        lock.lock();
        try {
            if (bytes + call.size() > most) {
                drop(1);
                return;
            }
            bytes += call.size();
            accepted++;
            waiting.add(call);
            offered.signalAll();
            if (waiting.size() == 1 || isBatch()) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for calls and takes some. The taker must call {@link #done()} once they are written. */
    List<Call> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                arrived.await();
            }
            long nanos = LINGER.toNanos();
            while (nanos > 0 && !isBatch() && urgent <= done) {
                nanos = arrived.awaitNanos(nanos);
            }
            List<Call> batch = new ArrayList<>(Math.min(batchSize, waiting.size()));
            long before = bytes;
            while (batch.size() < batchSize && before - bytes < batchBytes && !waiting.isEmpty()) {
                Call call = waiting.poll();
                bytes -= call.size();
                batch.add(call);
            }
            taken += batch.size();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /** Whether so much waits that waiting for more would not make the next write larger. */
    private boolean isBatch() {
        return waiting.size() >= batchSize || bytes >= batchBytes;
    }

    /** Reports that all taken calls are written or lost. */
    void done() {
        lock.lock();
        try {
            done = taken;
            handled.signalAll();
            tellDropped();
        } finally {
            lock.unlock();
        }
    }

    /** Reports that taken calls could not be written. */
    void lost(int count) {
        lock.lock();
        try {
            drop(count);
        } finally {
            lock.unlock();
        }
    }

    private void drop(int count) {
        dropped += count;
        tellDropped();
    }

    private void tellDropped() {
        long now = System.nanoTime();
        if (dropped > told && (told == 0 || now - toldAt > TELL.toNanos())) {
            told = dropped;
            toldAt = now;
            log.warn(
                    "Calls that are missing from the journal, because it could not be written fast enough or at all: {}",
                    dropped);
        }
    }

    /** Waits until everything offered so far is written, with a time limit in case the database is unavailable. */
    void flush(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long target = taken + waiting.size();
            urgent = Math.max(urgent, target);
            arrived.signal();
            long nanos = patience.toNanos();
            while (done < target && nanos > 0) {
                nanos = handled.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The number of calls accepted so far. */
    long accepted() {
        lock.lock();
        try {
            return accepted;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until more than {@code known} calls were accepted, at most {@code patience}. */
    void awaitMore(long known, Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long nanos = patience.toNanos();
            while (accepted <= known && nanos > 0) {
                nanos = offered.awaitNanos(nanos);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The number of calls that wait to be written. */
    int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    /** The number of calls that are missing from this instance's journal. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}

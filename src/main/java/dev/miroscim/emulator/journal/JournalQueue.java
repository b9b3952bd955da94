package dev.miroscim.emulator.journal;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Calls that wait for being written into the journal. What finds no room is dropped and counted: no call ever waits here.
 */
@Component
class JournalQueue {

    private static final Logger log = LoggerFactory.getLogger(JournalQueue.class);

    /** What is written at once. */
    static final int BATCH = 1_000;

    /** How long a call waits for others to be written together with it. */
    private static final Duration LINGER = Duration.ofMillis(100);

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Condition offered = lock.newCondition();
    private final Condition handled = lock.newCondition();
    private final ArrayDeque<Call> waiting = new ArrayDeque<>();
    private final long most;

    private long bytes;
    private long taken;
    private long done;
    private long urgent;
    private long dropped;

    JournalQueue(JournalProperties properties) {
        this.most = properties.maxWaiting().toBytes();
    }

    void offer(Call call) {
        lock.lock();
        try {
            if (bytes + call.size() > most) {
                if (dropped++ == 0) {
                    log.warn("Calls come faster than the journal can be written; it will not have all of them");
                }
                return;
            }
            bytes += call.size();
            waiting.add(call);
            offered.signalAll();
            if (waiting.size() == 1 || waiting.size() == BATCH) {
                arrived.signal();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits for calls and takes some. Whoever takes them has to tell by {@link #done()} when they are written. */
    List<Call> take() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (waiting.isEmpty()) {
                arrived.await();
            }
            long nanos = LINGER.toNanos();
            while (nanos > 0 && waiting.size() < BATCH && urgent <= done) {
                nanos = arrived.awaitNanos(nanos);
            }
            List<Call> batch = new ArrayList<>(Math.min(BATCH, waiting.size()));
            while (batch.size() < BATCH && !waiting.isEmpty()) {
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

    /** Tells that all that was taken is written, or never will be. */
    void done() {
        lock.lock();
        try {
            done = taken;
            handled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Counts what was taken and could not be written. */
    void lost(int count) {
        lock.lock();
        try {
            dropped += count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until all that was offered so far is written; not for long, as the database may be away. */
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

    /** Waits for the next call, but no longer than {@code patience}. */
    void awaitOffer(Duration patience) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (waiting.isEmpty()) {
                offered.await(patience.toNanos(), TimeUnit.NANOSECONDS);
            }
        } finally {
            lock.unlock();
        }
    }

    /** How many calls the journal of this instance does not have. */
    long dropped() {
        lock.lock();
        try {
            return dropped;
        } finally {
            lock.unlock();
        }
    }
}

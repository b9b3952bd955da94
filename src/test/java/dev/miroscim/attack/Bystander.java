package dev.miroscim.attack;

import dev.miroscim.RawHttp;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Two clients with a token that have nothing to do with an attack: one makes a new connection for every request, the
 * other keeps its own. Each asks ten times a second, until this is closed.
 */
final class Bystander implements AutoCloseable {

    static final long LONGEST_MILLIS = 2_000;

    private static final long EVERY_MILLIS = 100;

    private final int port;
    private final String request;
    private final AtomicInteger asked = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final List<Thread> clients = new ArrayList<>();
    private volatile String firstFailure = "";
    private volatile boolean ending;

    Bystander(Program program, Tenant tenant) {
        this.port = program.port();
        this.request =
                "GET /api/v1/scim/Users?count=1 HTTP/1.1\nHost: localhost\nAuthorization: " + tenant.scim() + "\n\n";
        clients.add(Thread.ofPlatform().name("bystander-new").start(() -> ask(false)));
        clients.add(Thread.ofPlatform().name("bystander-kept").start(() -> ask(true)));
    }

    private void ask(boolean keep) {
        RawHttp kept = null;
        while (!ending) {
            long before = System.nanoTime();
            asked.incrementAndGet();
            try {
                RawHttp connection = kept == null ? new RawHttp(port) : kept;
                kept = receive(connection, before) && keep ? connection : close(connection);
            } catch (IOException e) {
                // A server may close a connection that is kept, but not leave it without an answer.
                boolean idleConnectionClosed = kept != null && !(e instanceof SocketTimeoutException);
                kept = close(kept);
                slowest.accumulateAndGet((System.nanoTime() - before) / 1_000_000, Math::max);
                if (idleConnectionClosed) {
                    asked.decrementAndGet();
                } else {
                    fail(e.toString());
                }
            }
            long rest = EVERY_MILLIS - (System.nanoTime() - before) / 1_000_000;
            LockSupport.parkNanos(Math.max(0, rest) * 1_000_000);
        }
        close(kept);
    }

    /** Whether the connection can be used again. */
    private boolean receive(RawHttp connection, long before) throws IOException {
        connection.send(request);
        RawHttp.Answer answer = connection.receive();
        long millis = (System.nanoTime() - before) / 1_000_000;
        slowest.accumulateAndGet(millis, Math::max);
        if (answer.status() != 200) {
            fail(answer.status() + ": " + Verdict.shortened(answer.body()));
        } else if (millis > LONGEST_MILLIS) {
            fail("an answer after " + millis + " ms");
        } else {
            answered.incrementAndGet();
        }
        return !"close".equalsIgnoreCase(answer.header("Connection"));
    }

    private void fail(String failure) {
        if (firstFailure.isEmpty()) {
            firstFailure = failure;
        }
    }

    private static @Nullable RawHttp close(@Nullable RawHttp connection) {
        if (connection != null) {
            try {
                connection.close();
            } catch (IOException e) {
                // Closed by the other side.
            }
        }
        return null;
    }

    int asked() {
        return asked.get();
    }

    /** How many of its requests were answered in time, as they should. */
    int answered() {
        return answered.get();
    }

    long slowestMillis() {
        return slowest.get();
    }

    /** What was wrong with the first request that was not; empty if none. */
    String firstFailure() {
        return firstFailure;
    }

    @Override
    public void close() {
        ending = true;
        try {
            for (Thread client : clients) {
                client.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

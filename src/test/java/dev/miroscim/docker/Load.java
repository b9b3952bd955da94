package dev.miroscim.docker;

import dev.miroscim.ScimClient;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Clients that create users one after the other, and repeat what was not acknowledged, as identity providers do, until
 * this is closed.
 */
final class Load implements AutoCloseable {

    static final int CLIENTS = 8;

    private final ScimClient scim;
    private final UUID id = UUID.randomUUID();
    private final Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    private final Queue<Failure> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger names = new AtomicInteger();
    private final List<Thread> clients = new ArrayList<>();
    private volatile boolean ending;

    /**
     * A request that was not acknowledged.
     *
     * @param attempt how often this user had been sent by then
     * @param status 0 where there was no answer
     */
    record Failure(String userName, int attempt, int status, String retryAfter, String body) {}

    Load(ScimClient scim) {
        this.scim = scim;
        for (int client = 0; client < CLIENTS; client++) {
            clients.add(Thread.ofVirtual().start(() -> {
                while (!ending) {
                    create(names.incrementAndGet() + "@" + id + ".example.com");
                }
            }));
        }
    }

    private void create(String userName) {
        for (int attempt = 1; !ending; attempt++) {
            try {
                ScimClient.Answer answer = scim.post("/Users", """
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}
                        """.formatted(userName));
                // A conflict is what a repetition meets when the first attempt had been stored and its answer was lost.
                if (answer.status() == 201 || attempt > 1 && answer.status() == 409) {
                    acknowledged.add(userName);
                    return;
                }
                failures.add(
                        new Failure(userName, attempt, answer.status(), answer.header("Retry-After"), answer.text()));
            } catch (UncheckedIOException e) {
                failures.add(new Failure(userName, attempt, 0, null, String.valueOf(e.getCause())));
            }
        }
    }

    /** Waits until so many more users have been acknowledged. */
    Load awaitMore(int users) {
        Waiting.until("more users are created", acknowledged.size() + users, () -> acknowledged.size());
        return this;
    }

    /** Waits until so many requests have failed. */
    Load awaitFailures(int requests) {
        Waiting.until("requests fail", requests, failures::size);
        return this;
    }

    /** The names of the users that the server said to have created. */
    List<String> acknowledged() {
        return List.copyOf(acknowledged);
    }

    List<Failure> failures() {
        return List.copyOf(failures);
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

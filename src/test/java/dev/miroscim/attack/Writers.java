package dev.miroscim.attack;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Clients of all planes that write to one organisation and remember what was acknowledged, until this is closed. Each
 * has people of its own, so that what is acknowledged stays true; groups and teams are everybody's.
 */
final class Writers implements AutoCloseable {

    private static final int CLIENTS = 8;

    private final Tenant tenant;
    private final List<Integer> ports;
    private final Map<String, Person> people = new ConcurrentHashMap<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean ending;

    /**
     * A person, with what has to be found of it: {@code null} for what a request without an answer may have changed.
     * Only the thread of its client changes it.
     */
    static final class Person {

        final String email;
        final Map<Fact, String> facts = new ConcurrentHashMap<>();
        String id = "";

        Person(String email) {
            this.email = email;
        }
    }

    /** What can be acknowledged of a person. */
    enum Fact {
        PRESENT,
        DEPARTMENT,
        COST_CENTER,
        IN_DESIGN,
        IN_SALES,
        IN_READERS
    }

    /** @param ports of the instances, which the clients call in turn */
    Writers(Tenant tenant, List<Integer> ports) {
        this.tenant = tenant;
        this.ports = ports;
        for (int client = 0; client < CLIENTS; client++) {
            int number = client;
            threads.add(Thread.ofPlatform().daemon().name("writer-" + client).start(() -> write(number)));
        }
    }

    private void write(int client) {
        Random random = new Random(client);
        for (int number = 0; !ending; number++) {
            try {
                live(random, new Person("p%d-%d@example.com".formatted(client, number)));
            } catch (RuntimeException e) {
                wrong.add("A client failed: " + e);
            }
        }
    }

    /** Creates a person and changes it until a request is not acknowledged. */
    private void live(Random random, Person person) {
        Supplier<Integer> port = () -> ports.get(random.nextInt(ports.size()));
        boolean bySystem = random.nextInt(4) > 0;
        Http.Answer created = acknowledged(
                person,
                Map.of(Fact.PRESENT, "true", Fact.DEPARTMENT, "d0"),
                () -> bySystem
                        ? tenant.scimCall(port.get(), "POST", "/Users", """
                                {"userName": "%s", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                                 {"department": "d0"}}""".formatted(person.email))
                        : tenant.control(
                                port.get(),
                                "POST",
                                "/people",
                                // The control API needs no free seat for the licence that it gives.
                                "{\"email\": \"%s\", \"license\": \"Free Restricted\", \"department\": \"d0\"}"
                                        .formatted(person.email)));
        if (created == null) {
            return;
        }
        person.id = created.json().get("id").stringValue();
        people.put(person.email, person);
        int changes = random.nextInt(3, 10);
        for (int i = 1; i <= changes && !ending; i++) {
            if (change(random, port.get(), person, i) == null) {
                return;
            }
        }
        if (random.nextInt(3) == 0 && !ending) {
            acknowledged(
                    person,
                    Map.of(Fact.PRESENT, "false"),
                    () -> random.nextBoolean()
                            ? tenant.scimCall(port.get(), "DELETE", "/Users/" + person.id, null)
                            : tenant.control(port.get(), "DELETE", "/people/" + person.id, null));
        }
    }

    private Http.@Nullable Answer change(Random random, int port, Person person, int number) {
        boolean inDesign = "true".equals(person.facts.get(Fact.IN_DESIGN));
        boolean inSales = "true".equals(person.facts.get(Fact.IN_SALES));
        boolean inReaders = "true".equals(person.facts.get(Fact.IN_READERS));
        return switch (random.nextInt(5)) {
            case 0 ->
                acknowledged(
                        person,
                        Map.of(Fact.DEPARTMENT, "d" + number),
                        () -> tenant.scimCall(port, "PATCH", "/Users/" + person.id, """
                                {"Operations": [{"op": "replace", "value":
                                 {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department": "d%d"}}]}
                                """.formatted(number)));
            case 1 ->
                acknowledged(
                        person,
                        Map.of(Fact.COST_CENTER, "c" + number),
                        () -> tenant.control(
                                port, "PATCH", "/people/" + person.id, "{\"costCenter\": \"c%d\"}".formatted(number)));
            case 2 ->
                acknowledged(
                        person,
                        Map.of(Fact.IN_DESIGN, Boolean.toString(!inDesign)),
                        () -> tenant.scimCall(port, "PATCH", "/Groups/" + tenant.idOf("design"), """
                                {"Operations": [{"op": "%s", "path": "members", "value": [{"value": "%s"}]}]}
                                """.formatted(
                                        inDesign ? "remove" : "add", person.id)));
            case 3 -> {
                String members = "/teams/" + tenant.idOf("sales") + "/members";
                yield acknowledged(
                        person,
                        Map.of(Fact.IN_SALES, Boolean.toString(!inSales)),
                        () -> inSales
                                ? tenant.restCall(port, "DELETE", members + "/" + person.id, null)
                                : tenant.restCall(
                                        port,
                                        "POST",
                                        members,
                                        "{\"email\": \"%s\", \"role\": \"member\"}".formatted(person.email)));
            }
            default -> {
                String members = "/groups/" + tenant.idOf("readers") + "/members";
                yield acknowledged(
                        person,
                        Map.of(Fact.IN_READERS, Boolean.toString(!inReaders)),
                        () -> inReaders
                                ? tenant.restCall(port, "DELETE", members + "/" + person.id, null)
                                : tenant.restCall(
                                        port, "POST", members, "{\"email\": \"%s\"}".formatted(person.email)));
            }
        };
    }

    /** Sends a request and remembers what it says to have done; null where it is not known whether it did. */
    private Http.@Nullable Answer acknowledged(Person person, Map<Fact, String> facts, Supplier<Http.Answer> request) {
        Map<Fact, String> before = Map.copyOf(person.facts);
        // A person who may be gone may be without everything else, too.
        (facts.containsKey(Fact.PRESENT) ? List.of(Fact.values()) : facts.keySet()).forEach(person.facts::remove);
        try {
            Http.Answer answer = request.get();
            if (answer.isGood()) {
                person.facts.putAll(before);
                person.facts.putAll(facts);
                acknowledged.incrementAndGet();
                return answer;
            }
            if (answer.status() != 503) {
                wrong.add("%s to a write that had to succeed".formatted(answer));
            } else if (answer.headers().firstValue("Retry-After").isEmpty()) {
                wrong.add("503 without Retry-After: " + answer);
            }
        } catch (UncheckedIOException e) {
            // What was cut off in between may be done or not.
        }
        unanswered.incrementAndGet();
        pause();
        return null;
    }

    /** Clients that call in vain do not do so as fast as they can. */
    private static void pause() {
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }

    Tenant tenant() {
        return tenant;
    }

    /** How many writes the server said to have done. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** How many writes were refused or not answered. */
    long unanswered() {
        return unanswered.get();
    }

    /** Answers that no write may get, whatever happens to the server. */
    List<String> wrong() {
        return List.copyOf(wrong);
    }

    Map<String, Person> people() {
        return people;
    }

    /** Waits until so many more writes have been acknowledged. */
    void awaitMore(int writes) {
        long enough = acknowledged.get() + writes;
        await(writes + " more writes are acknowledged")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> acknowledged.get() >= enough);
    }

    @Override
    public void close() {
        ending = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

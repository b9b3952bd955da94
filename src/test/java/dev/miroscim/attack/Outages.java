package dev.miroscim.attack;

import static org.awaitility.Awaitility.await;

import dev.miroscim.startup.postgres.SeparatePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.awaitility.core.ConditionTimeoutException;

/** The database stops or freezes for a while. Until it is back, callers are told to come again, and soon. */
final class Outages {

    private static final int READERS = 8;
    private static final int CONNECTIONS_OF_THE_POOL = 16;
    /** Whoever waits as the database comes back waits for the pool's next attempt, which is at most five seconds away. */
    private static final long SOON_MILLIS = 8_000;

    private static final Duration BACK_WITHIN = Duration.ofSeconds(15);

    private final Result result = new Result("Outages of the database");

    /** How the database is away. */
    private enum Kind {
        STOPPED("stopped"),
        FROZEN("frozen");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    Result run(List<Duration> outages) throws IOException {
        try (SeparatePostgres server = SeparatePostgres.start()) {
            Database.External database = new Database.External(server);
            try (Program program = Program.start(database)) {
                for (Duration time : outages) {
                    for (Kind kind : Kind.values()) {
                        outage(kind, time, server, database, program);
                    }
                }
            }
        }
        return result;
    }

    private void outage(Kind kind, Duration time, SeparatePostgres server, Database.External database, Program program)
            throws IOException {
        Tenant tenant = Tenant.create(program.port(), "{}");
        List<String> problems = new ArrayList<>();
        Writers writers = new Writers(tenant, List.of(program.port()));
        Readers readers = new Readers(program.port(), tenant);
        double back;
        long logged = program.logged();
        try (writers;
                readers) {
            writers.awaitMore(100);
            List<ProcessHandle> frozen = database.processes();
            if (kind == Kind.STOPPED) {
                server.stop();
            } else {
                signal("STOP", frozen);
            }
            LockSupport.parkNanos(time.toNanos());
            if (kind == Kind.STOPPED) {
                server.startAgain();
            } else {
                signal("CONT", frozen);
            }
            long before = System.nanoTime();
            await("the service is back")
                    .atMost(BACK_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> tenant.scimCall(program.port(), "GET", "/Users?count=1", null)
                            .isGood());
            back = (System.nanoTime() - before) / 1e9;
            writers.awaitMore(50);
        } catch (ConditionTimeoutException e) {
            problems.add(e.getMessage());
            back = BACK_WITHIN.toSeconds();
        }
        problems.addAll(readers.problems);
        problems.addAll(Ledger.problems(writers, program.port(), database.sql()));
        long lines = program.readLog(logged).lines().count();
        if (lines > time.toSeconds() + 15) {
            problems.add("%,d lines were logged".formatted(lines));
        }
        String what = "outage of %d s, database %s".formatted(time.toSeconds(), kind.words);
        problems.forEach(problem -> result.finding(what + ": " + problem));
        result.row(
                "reads during an " + what,
                readers.asked.get(),
                readers.asked.get() - readers.problems.size(),
                "%,d answered 503, at most %,d ms later; %,d writes acknowledged; back after %.1f s; %,d lines logged"
                        .formatted(readers.away503.get(), readers.slowest.get(), writers.acknowledged(), back, lines));
        // What a frozen server had begun to answer shows no difference from a long statement.
        int mostLate = kind == Kind.FROZEN ? CONNECTIONS_OF_THE_POOL : 0;
        if (readers.late.get() > mostLate) {
            result.finding("%s: %,d answers came after more than 5 s, the last after %,d ms"
                    .formatted(what, readers.late.get(), readers.slowest.get()));
        }
    }

    private static void signal(String name, List<ProcessHandle> processes) throws IOException {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command).start().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Clients of both planes that read, and look at what they get. */
    private static final class Readers implements AutoCloseable {

        final AtomicInteger asked = new AtomicInteger();
        final AtomicInteger away503 = new AtomicInteger();
        final AtomicInteger late = new AtomicInteger();
        final AtomicLong slowest = new AtomicLong();
        final List<String> problems = Collections.synchronizedList(new ArrayList<>());
        private final List<Thread> threads = new ArrayList<>();
        private volatile boolean ending;

        Readers(int port, Tenant tenant) {
            for (int i = 0; i < READERS; i++) {
                boolean rest = i % 2 == 0;
                threads.add(Thread.ofPlatform().start(() -> {
                    while (!ending) {
                        read(() -> rest
                                ? tenant.restCall(port, "GET", "/teams", null)
                                : tenant.scimCall(port, "GET", "/Users?count=3", null));
                        LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
                    }
                }));
            }
        }

        private void read(Supplier<Http.Answer> request) {
            asked.incrementAndGet();
            try {
                Http.Answer answer = request.get();
                slowest.accumulateAndGet(answer.millis(), Math::max);
                if (answer.millis() > SOON_MILLIS) {
                    late.incrementAndGet();
                }
                if (answer.status() == 503) {
                    away503.incrementAndGet();
                    if (answer.headers().firstValue("Retry-After").isEmpty()) {
                        problems.add("503 without Retry-After");
                    }
                } else if (answer.status() != 200) {
                    problems.add("a read is answered with " + answer);
                }
            } catch (UncheckedIOException e) {
                problems.add("a read is not answered: " + e.getCause());
            }
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
}

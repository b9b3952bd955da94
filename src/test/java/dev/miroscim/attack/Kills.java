package dev.miroscim.attack;

import static org.awaitility.Awaitility.await;

import dev.miroscim.startup.postgres.SeparatePostgres;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** Programs and databases are killed while clients write. What was acknowledged has to be there afterwards. */
final class Kills {

    private static final Duration BACK_WITHIN = Duration.ofSeconds(30);

    private final Result result = new Result("Kills under load");
    private final Map<Kind, Figures> figures = new EnumMap<>(Kind.class);

    /** What is killed, and where. */
    private enum Kind {
        EMBEDDED_JVM("the JVM, with its own PostgreSQL"),
        EMBEDDED_TREE("the JVM and all its processes, with its own PostgreSQL"),
        EMBEDDED_POSTGRES("its own PostgreSQL, without the JVM"),
        EXTERNAL_JVM("the JVM, with another PostgreSQL"),
        EXTERNAL_POSTGRES("another PostgreSQL, which is started again"),
        ONE_OF_TWO("one of two JVMs on one PostgreSQL"),
        BOTH("both of two JVMs on one PostgreSQL"),
        POSTGRES_OF_TWO("the PostgreSQL of two JVMs, which is started again");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    private static final class Figures {
        int kills;
        int survived;
        long acknowledged;
        long unanswered;
        long slowestReturn;
    }

    /** One kill of each kind, as far as they differ. */
    Result runShort() throws IOException {
        embedded(List.of(Kind.EMBEDDED_JVM, Kind.EMBEDDED_TREE, Kind.EMBEDDED_POSTGRES), 3);
        external(2, List.of(Kind.ONE_OF_TWO, Kind.POSTGRES_OF_TWO), 2);
        return report();
    }

    /** @param kills how many in all */
    Result run(int kills) throws IOException {
        int each = Kind.values().length;
        embedded(List.of(Kind.EMBEDDED_JVM, Kind.EMBEDDED_TREE, Kind.EMBEDDED_POSTGRES), share(kills, 0, 3, each));
        external(1, List.of(Kind.EXTERNAL_JVM, Kind.EXTERNAL_POSTGRES), share(kills, 3, 5, each));
        external(2, List.of(Kind.ONE_OF_TWO, Kind.BOTH, Kind.POSTGRES_OF_TWO), share(kills, 5, each, each));
        return report();
    }

    private Result report() {
        figures.forEach((kind, seen) -> result.row(
                "kill of " + kind.words,
                seen.kills,
                seen.survived,
                "%,d writes acknowledged, %,d without an answer; back after at most %.1f s"
                        .formatted(seen.acknowledged, seen.unanswered, seen.slowestReturn / 1e3)));
        return result;
    }

    private static int share(int kills, int from, int to, int of) {
        return kills * to / of - kills * from / of;
    }

    private void embedded(List<Kind> kinds, int kills) throws IOException {
        try (Database.Embedded database = Database.Embedded.create();
                Program program = Program.start(database)) {
            for (int i = 0; i < kills; i++) {
                Kind kind = kinds.get(i % kinds.size());
                kill(kind, List.of(program), database, () -> {
                    switch (kind) {
                        case EMBEDDED_JVM -> program.kill();
                        case EMBEDDED_TREE -> {
                            List<ProcessHandle> server = database.processes();
                            program.killTree();
                            server.forEach(ProcessHandle::destroyForcibly);
                        }
                        default -> database.kill();
                    }
                    if (!program.isAlive()) {
                        program.startAgain();
                    }
                });
            }
        }
    }

    private void external(int instances, List<Kind> kinds, int kills) throws IOException {
        try (SeparatePostgres server = SeparatePostgres.start()) {
            Database.External database = new Database.External(server);
            List<Program> programs = new ArrayList<>();
            try {
                for (int i = 0; i < instances; i++) {
                    programs.add(Program.start(database));
                }
                for (int i = 0; i < kills; i++) {
                    Kind kind = kinds.get(i % kinds.size());
                    Program victim = programs.get(i % instances);
                    kill(kind, programs, database, () -> {
                        switch (kind) {
                            case EXTERNAL_POSTGRES, POSTGRES_OF_TWO -> {
                                database.kill();
                                server.startAgain();
                            }
                            case BOTH -> programs.forEach(Program::kill);
                            default -> victim.kill();
                        }
                        for (Program program : programs) {
                            if (!program.isAlive()) {
                                program.startAgain();
                            }
                        }
                    });
                }
            } finally {
                programs.forEach(Program::close);
            }
        }
    }

    @FunctionalInterface
    private interface Kill {

        /** Kills, and starts again what does not come back by itself. */
        void run() throws IOException;
    }

    private void kill(Kind kind, List<Program> programs, Database database, Kill kill) throws IOException {
        Figures seen = figures.computeIfAbsent(kind, _ -> new Figures());
        seen.kills++;
        Tenant tenant = Tenant.create(programs.getFirst().port(), "{\"seats\": {\"Full\": 30}}");
        List<String> problems = new ArrayList<>();
        Writers writers =
                new Writers(tenant, programs.stream().map(Program::port).toList());
        try (writers) {
            writers.awaitMore(100);
            long before = System.nanoTime();
            try {
                kill.run();
                awaitBack(programs, tenant);
            } finally {
                seen.slowestReturn = Math.max(
                        seen.slowestReturn,
                        Duration.ofNanos(System.nanoTime() - before).toMillis());
            }
            writers.awaitMore(50);
        } catch (ConditionTimeoutException e) {
            problems.add(e.getMessage());
            revive(programs);
        }
        problems.addAll(Ledger.problems(writers, programs.getFirst().port(), database.sql()));
        seen.acknowledged += writers.acknowledged();
        seen.unanswered += writers.unanswered();
        if (problems.isEmpty()) {
            seen.survived++;
        }
        problems.forEach(problem -> result.finding("After the kill of " + kind.words + ": " + problem));
    }

    private static void awaitBack(List<Program> programs, Tenant tenant) {
        for (Program program : programs) {
            await("the service is back")
                    .atMost(BACK_WITHIN)
                    .pollInterval(Duration.ofMillis(50))
                    .ignoreExceptions()
                    .until(() -> tenant.scimCall(program.port(), "GET", "/Users?count=1", null)
                            .isGood());
        }
    }

    /** So that the next kill has something to kill. */
    private static void revive(List<Program> programs) throws IOException {
        for (Program program : programs) {
            program.kill();
            program.startAgain();
        }
    }
}

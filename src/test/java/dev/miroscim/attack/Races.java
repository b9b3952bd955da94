package dev.miroscim.attack;

import dev.miroscim.Invariants;
import dev.miroscim.startup.postgres.SeparatePostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Many clients want the same at the same moment, at two instances over one database. */
final class Races {

    private static final int CLIENTS = 16;

    private final Result result = new Result("Races");
    private final List<Integer> ports;
    private final JdbcClient sql;

    private Races(List<Integer> ports, JdbcClient sql) {
        this.ports = ports;
        this.sql = sql;
    }

    /**
     * @param rounds of each race
     * @param storm how long everything is changed at once
     */
    static Result run(int rounds, Duration storm) throws IOException {
        try (SeparatePostgres server = SeparatePostgres.start()) {
            Database.External database = new Database.External(server);
            try (Program one = Program.start(database);
                    Program two = Program.start(database)) {
                Races races = new Races(List.of(one.port(), two.port()), database.sql());
                races.oneAddress(rounds);
                races.lastAdmin(rounds);
                races.lastSeat(rounds);
                races.everything(storm);
                return races.result;
            }
        }
    }

    private int port(int client) {
        return ports.get(client % ports.size());
    }

    private void oneAddress(int rounds) {
        Tenant tenant = Tenant.create(ports.getFirst(), "{}");
        race("users who are created by all at once", rounds, tenant, round -> {
            Map<Integer, Integer> statuses = atOnce(client -> tenant.scimCall(
                            port(client), "POST", "/Users", "{\"userName\": \"Wanted%d@example.com\"}".formatted(round))
                    .status());
            return statuses.equals(Map.of(201, 1, 409, CLIENTS - 1)) ? "" : statuses.toString();
        });
    }

    private void lastAdmin(int rounds) {
        race("teams whose two admins are removed on both planes", rounds, null, round -> {
            Tenant tenant = Tenant.create(ports.getFirst(), "{}");
            String design = tenant.idOf("design");
            String members = "/teams/" + design + "/members/";
            tenant.restCall(ports.getFirst(), "PATCH", members + tenant.idOf("jane"), "{\"role\": \"admin\"}");
            Map<Integer, Integer> statuses = atOnce(client -> {
                String admin = tenant.idOf(client % 2 == 0 ? "ada" : "jane");
                return switch (client / 2 % 4) {
                    case 0 ->
                        tenant.scimCall(port(client / 2), "PATCH", "/Groups/" + design, """
                            {"Operations": [{"op": "remove", "path": "members", "value": [{"value": "%s"}]}]}
                            """.formatted(admin))
                                .status();
                    case 1 ->
                        tenant.restCall(port(client / 2), "DELETE", members + admin, null)
                                .status();
                    case 2 ->
                        tenant.restCall(port(client / 2), "PATCH", members + admin, "{\"role\": \"member\"}")
                                .status();
                    default ->
                        tenant.scimCall(port(client / 2), "DELETE", "/Users/" + admin, null)
                                .status();
                };
            });
            long admins = sql.sql("""
                            select count(*) from team_member tm join membership m on m.id = tm.membership_id
                            where tm.team_id = :team and tm.role = 'ADMIN' and m.status = 'ACTIVE'""")
                    .param("team", Long.parseLong(design))
                    .query(Long.class)
                    .single();
            List<String> violations = Invariants.violations(sql, Long.parseLong(tenant.id()));
            return admins == 1 && violations.isEmpty() && allowed(statuses)
                    ? ""
                    : "%d admins are left, %s %s".formatted(admins, statuses, violations);
        });
    }

    private void lastSeat(int rounds) {
        race("seats that are wanted by all at once", rounds, null, round -> {
            // Five of the people who are there have a seat already.
            Tenant tenant = Tenant.create(ports.getFirst(), "{\"seats\": {\"Full\": 10}}");
            Map<Integer, Integer> statuses = atOnce(client -> tenant.scimCall(
                            port(client),
                            "POST",
                            "/Users",
                            "{\"userName\": \"seat%d@example.com\", \"userType\": \"Full\"}".formatted(client))
                    .status());
            List<String> violations = Invariants.violations(sql, Long.parseLong(tenant.id()));
            long taken = sql.sql("""
                            select count(*) from membership where organization_id = :organization and status = 'ACTIVE'
                              and license = 'FULL'""")
                    .param("organization", Long.parseLong(tenant.id()))
                    .query(Long.class)
                    .single();
            return violations.isEmpty() && allowed(statuses) && taken == 10
                    ? ""
                    : "%d of 10 seats are taken, %s %s".formatted(taken, statuses, violations);
        });
    }

    private static boolean allowed(Map<Integer, Integer> statuses) {
        return statuses.keySet().stream().allMatch(status -> status < 500 && status > 0);
    }

    /** Everything is changed at once, first without and then with changes of settings and resets. */
    private void everything(Duration time) {
        Tenant tenant = Tenant.create(ports.getFirst(), "{}");
        Storm calm = new Storm(tenant, false).blow(time);
        Storm wild = new Storm(tenant, true).blow(time);
        result.findings(calm.problems());
        result.findings(wild.problems());
        List<String> violations = Invariants.violations(sql, Long.parseLong(tenant.id()));
        result.findings(violations);
        if (wild.answers.get() < calm.answers.get() / 4) {
            result.finding("Settings and resets let the answers fall from %,d to %,d"
                    .formatted(calm.answers.get(), wild.answers.get()));
        }
        int answers = calm.answers.get() + wild.answers.get();
        result.row(
                "changes of everything at once at two instances",
                answers,
                answers - calm.wrong() - wild.wrong(),
                "%,d answers in %d s without changes of settings and resets, %,d with them: %s"
                        .formatted(calm.answers.get(), time.toSeconds(), wild.answers.get(), wild.statuses));
    }

    private final class Storm {

        final Tenant tenant;
        final boolean wild;
        final AtomicInteger answers = new AtomicInteger();
        final Map<Integer, Integer> statuses = new ConcurrentSkipListMap<>();
        final Map<String, Integer> failures = new ConcurrentSkipListMap<>();

        Storm(Tenant tenant, boolean wild) {
            this.tenant = tenant;
            this.wild = wild;
        }

        Storm blow(Duration time) {
            long end = System.nanoTime() + time.toNanos();
            atOnce(client -> {
                Random random = new Random(client);
                while (System.nanoTime() < end) {
                    call(client, random);
                }
                return 0;
            });
            return this;
        }

        private void call(int client, Random random) {
            try {
                Http.Answer answer =
                        wild && client % 8 == 0 ? settings(port(client / 8), random) : change(client, random);
                answers.incrementAndGet();
                statuses.merge(answer.status(), 1, Integer::sum);
                if (answer.status() >= 500) {
                    failures.merge(answer.text().replaceAll("[0-9a-f]{8}", "#"), 1, Integer::sum);
                }
            } catch (UncheckedIOException e) {
                failures.merge(String.valueOf(e.getCause()), 1, Integer::sum);
            }
        }

        private Http.Answer settings(int port, Random random) {
            if (random.nextInt(20) == 0) {
                Http.Answer answer = tenant.control(port, "POST", "/reset", null);
                if (!answer.isGood()) {
                    failures.merge("a reset: " + answer, 1, Integer::sum);
                }
                return answer;
            }
            return tenant.control(
                    port, "PATCH", "/settings", "{\"seats\": {\"Full\": %d}}".formatted(random.nextInt(5, 50)));
        }

        private Http.Answer change(int client, Random random) {
            int port = port(client);
            String person =
                    tenant.idOf(List.of("jane", "john", "nina", "idle", "mary").get(random.nextInt(5)));
            String group = "/Groups/" + tenant.idOf(random.nextBoolean() ? "design" : "sales");
            return switch (random.nextInt(8)) {
                case 0, 1 -> tenant.scimCall(port, "PATCH", group, """
                        {"Operations": [{"op": "add", "path": "members", "value": [{"value": "%s"}]}]}
                        """.formatted(person));
                case 2, 3 -> tenant.scimCall(port, "PATCH", group, """
                        {"Operations": [{"op": "remove", "path": "members", "value": [{"value": "%s"}]}]}
                        """.formatted(person));
                case 4 -> tenant.scimCall(port, "DELETE", "/Users/" + person, null);
                case 5 -> tenant.scimCall(port, "POST", "/Users", "{\"userName\": \"jane@example.com\"}");
                case 6 -> tenant.scimCall(port, "GET", "/Users", null);
                default -> tenant.scimCall(port, "PATCH", "/Users/" + person, """
                        {"Operations": [{"op": "replace", "path": "active", "value": %s}]}
                        """.formatted(random.nextBoolean()));
            };
        }

        int wrong() {
            return failures.values().stream().mapToInt(Integer::intValue).sum();
        }

        List<String> problems() {
            return failures.entrySet().stream()
                    .map(failure -> "%d times: %s".formatted(failure.getValue(), failure.getKey()))
                    .toList();
        }
    }

    @FunctionalInterface
    private interface Round {

        /** What went wrong; empty if nothing. */
        String play(int round);
    }

    private void race(String what, int rounds, @Nullable Tenant tenant, Round race) {
        int survived = 0;
        for (int round = 0; round < rounds; round++) {
            String problem = race.play(round);
            if (problem.isEmpty()) {
                survived++;
            } else {
                result.finding(what + ": " + problem);
            }
        }
        if (tenant != null) {
            result.findings(Invariants.violations(sql, Long.parseLong(tenant.id())));
        }
        result.row(what, rounds, survived, CLIENTS + " clients at two instances");
    }

    @FunctionalInterface
    private interface Client {

        int call(int number);
    }

    /** Lets all clients begin at the same moment, and counts what they return. */
    private static Map<Integer, Integer> atOnce(Client client) {
        CyclicBarrier start = new CyclicBarrier(CLIENTS);
        Map<Integer, Integer> returned = new TreeMap<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<Integer>> calls = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int number = i;
                calls.add(threads.submit(() -> {
                    start.await();
                    return client.call(number);
                }));
            }
            for (Future<Integer> call : calls) {
                returned.merge(call.get(), 1, Integer::sum);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
        return returned;
    }
}

package dev.miroscim.attack;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.RawHttp;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Slow, many and large requests. A bystander must never wait longer than two seconds meanwhile, and the program must
 * live.
 */
final class Floods {

    private static final int LARGEST_OF_SCIM = 800_000;
    private static final int LARGEST_OF_CONTROL = 60 << 20;
    private static final byte[] NOTHING = {};

    private final Result result = new Result("Floods");
    private final Program program;
    private Tenant tenant;

    Floods(Program program) {
        this.program = program;
        this.tenant = Tenant.create(program.port(), "{}");
    }

    /** @param share how much of it: 1 for all */
    Result run(double share) throws IOException {
        connections(share);
        bodies(share);
        return result;
    }

    private void connections(double share) throws IOException {
        Duration time = Duration.ofMillis((long) (20_000 * share));
        int many = (int) (5_000 * share);
        crowd("nothing else", new Crowd(program.port(), 0, NOTHING, NOTHING, true), time);
        String begun = "GET /api/v1/scim/Users HTTP/1.1\r\nHost: localhost\r\nX: ";
        crowd(
                "connections with the beginning of a header of 30 kB",
                new Crowd(program.port(), many, (begun + "x".repeat(30_000)).getBytes(UTF_8), NOTHING, true),
                time);
        crowd("connections that send nothing", new Crowd(program.port(), many, NOTHING, NOTHING, true), time);
        crowd(
                "connections that trickle a header",
                new Crowd(program.port(), many, begun.getBytes(UTF_8), "x".getBytes(UTF_8), true),
                time);
        crowd(
                "connections that trickle a body",
                new Crowd(
                        program.port(),
                        many / 5, // with a token
                        head("POST", "/api/v1/scim/Users", 700_000, "application/scim+json"),
                        " ".getBytes(UTF_8),
                        true),
                time);
        String asking = "GET /v3/api-docs HTTP/1.1\r\nHost: localhost\r\n\r\n";
        crowd(
                "connections that never read their answers",
                new Crowd(program.port(), many / 5, asking.repeat(20).getBytes(UTF_8), NOTHING, false),
                time);
    }

    private void bodies(double share) throws IOException {
        int fifty = (int) Math.ceil(50 * share);
        int thirty = (int) Math.ceil(30 * share);
        String users = "/api/v1/scim/Users";
        String seed = "/emulator/organizations/" + tenant.id() + "/seed";
        String scim = "application/scim+json";
        String json = "application/json";
        send("largest bodies on SCIM", fifty, "POST", users, scim, Bodies.largestUser(LARGEST_OF_SCIM));
        send("largest bodies on /emulator", fifty, "PUT", seed, json, Bodies.seed((int) (LARGEST_OF_CONTROL * share)));
        send("bodies of 70,000 keys on SCIM", thirty, "POST", users, scim, Bodies.manyKeys(70_000));
        send("bodies of 70,000 keys on REST", thirty, "POST", teams(), json, Bodies.manyKeys(70_000));
        send("bodies of 70,000 keys on /emulator", thirty, "PUT", seed, json, Bodies.manyKeys(70_000));
        send("seeds with many faulty people", (int) Math.ceil(5 * share), "PUT", seed, json, Bodies.faultyPeople((int)
                (200_000 * share)));
        send(
                "names of 4 MB",
                (int) Math.ceil(10 * share),
                "POST",
                "/emulator/organizations/" + tenant.id() + "/teams",
                json,
                Bodies.longName(4 << 20));
        send("bodies nested 100,000 times on SCIM", thirty, "POST", users, scim, Bodies.nested(100_000));
        send("bodies nested 100,000 times on REST", thirty, "POST", teams(), json, Bodies.nested(100_000));
        send("bodies nested 100,000 times on /emulator", thirty, "PUT", seed, json, Bodies.nested(100_000));
        send("YAML nested 100,000 times", thirty, "PUT", seed, "application/yaml", Bodies.nested(100_000));
        send("YAML that refers to itself", thirty, "PUT", seed, "application/yaml", Bodies.aliases());
        send("packed bodies", thirty, "POST", users, scim + "\r\nContent-Encoding: gzip", Bodies.packed((int)
                Math.ceil(100 * share)));
    }

    private String teams() {
        return "/v2/orgs/" + tenant.id() + "/teams";
    }

    private byte[] head(String method, String path, int length, String type) {
        String authorization =
                path.startsWith("/emulator") ? Http.ADMIN : path.startsWith("/v2") ? tenant.rest() : tenant.scim();
        return "%s %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
                .formatted(method, path, authorization, type, length)
                .getBytes(UTF_8);
    }

    private void crowd(String what, Crowd crowd, Duration time) throws IOException {
        Bystander bystander = new Bystander(program, tenant);
        try (bystander) {
            crowd.stay(time);
        }
        report(
                what,
                bystander,
                "%,d let in, %,d of them closed by the server".formatted(crowd.opened(), crowd.closed()));
    }

    private void send(String what, int count, String method, String path, String type, byte[] body) throws IOException {
        byte[] head = head(method, path, body.length, type);
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        Bystander bystander = new Bystander(program, tenant);
        try (bystander) {
            List<Thread> senders = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                senders.add(Thread.ofPlatform().daemon().start(() -> answers.add(exchange(head, body))));
            }
            for (Thread sender : senders) {
                sender.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Map<String, Integer> counted = new TreeMap<>();
        answers.forEach(answer -> counted.merge(answer, 1, Integer::sum));
        counted.keySet().stream()
                .filter(answer -> answer.startsWith("5") && !answer.equals("503"))
                .forEach(answer -> result.finding(what + " are answered with " + answer));
        report(
                "%,d %s at once".formatted(count, what),
                bystander,
                "%,d kB each, answered with %s".formatted(body.length / 1000, counted));
    }

    private String exchange(byte[] head, byte[] body) {
        try (RawHttp connection = new RawHttp(program.port())) {
            connection.send(head);
            try {
                connection.send(body);
            } catch (IOException e) {
                // Refused before all of it was sent; the answer may be there to read.
            }
            RawHttp.Answer answer = connection.receive();
            return answer.status() == 503 && answer.header("Retry-After") == null
                    ? "503 without Retry-After"
                    : Integer.toString(answer.status());
        } catch (IOException e) {
            return "nothing";
        }
    }

    private void report(String what, Bystander bystander, String figures) throws IOException {
        if (bystander.answered() < bystander.asked()) {
            result.finding("%s: %d of %d requests of a bystander failed, the first with %s"
                    .formatted(
                            what,
                            bystander.asked() - bystander.answered(),
                            bystander.asked(),
                            bystander.firstFailure()));
        }
        if (!program.isAlive()) {
            result.finding(what + " ended the program");
            program.startAgain();
            tenant = Tenant.create(program.port(), "{}");
        }
        result.row(
                "a bystander beside " + what,
                bystander.asked(),
                bystander.answered(),
                "%s; the bystander waited %,d ms at most".formatted(figures, bystander.slowestMillis()));
    }
}

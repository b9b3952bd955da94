package dev.miroscim.attack;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.Invariants;
import dev.miroscim.RawHttp;
import dev.miroscim.idp.Corpus;
import dev.miroscim.idp.Mutations;
import dev.miroscim.idp.Mutations.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Recorded and described requests of all planes, changed at random and sent as fast as they are answered.
 *
 * <p>What request a number stands for follows from the seed, except for ids; so {@code -Dfuzz.seed} repeats a run.
 */
final class Fuzz {

    private static final int CONNECTIONS = 16;
    private static final int REQUESTS_OF_A_TENANT = 400;
    private static final int ONE_RAW_IN = 25;
    private static final int ONE_FOR_ALL_IN = 50;
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int END_OF_LOG = 200_000;
    private static final Pattern ERROR_NUMBER = Pattern.compile("details of error ([0-9a-f]{8})");
    private static final List<String> SETTINGS = List.of("{}", """
            {"seats": {"Full": 8}, "unknownUserType": "ALLOW", "exhaustedLicense": "ALLOW", "frozenAttributes": "ALLOW",
             "deactivateCompanyAdmin": "ALLOW", "createDeactivated": "ALLOW"}
            """, "{\"groupModel\": \"USER_GROUPS\"}");

    private final Result result = new Result("Fuzz");
    private final Program program;
    private final JdbcClient sql;
    private final long seed;
    private final LongFunction<Mutations> mutations;
    private final LongFunction<Mutations> changesForAll;
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicLong slowest = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong wrong = new AtomicLong();
    private final Queue<Tenant> tenants = new ConcurrentLinkedQueue<>();
    private final Map<String, AtomicInteger> seenFindings = new ConcurrentHashMap<>();

    Fuzz(Program program, Database database, long seed) {
        this.program = program;
        this.sql = database.sql();
        this.seed = seed;
        Description description = Description.of(program.port());
        Set<String> parameters = description.parameters();
        // They let an answer wait, as it should.
        parameters.removeAll(Set.of("timeout", "until"));
        this.mutations = Mutations.of(corpus(description), description.members(), parameters);
        this.changesForAll = Mutations.of(
                description.variants(10, 1).stream()
                        .filter(described -> isForAll(described.call())
                                && !described.call().template().endsWith("/stream"))
                        .map(Fuzz::request)
                        .toList(),
                description.members(),
                parameters);
    }

    private static List<Request> corpus(Description description) {
        List<Request> corpus =
                new ArrayList<>(Corpus.of(text -> text, Map.of("Host", "localhost", "Authorization", "{scimToken}")));
        description.variants(10, 1).stream()
                .filter(described -> !isForAll(described.call()))
                .map(Fuzz::request)
                .forEach(corpus::add);
        return corpus;
    }

    private static Request request(Description.Described described) {
        return new Request(
                described.call().method(),
                "",
                described.path().replaceAll("(timeout|until)=[^&]*", "limit=5"),
                headers(described),
                described.body().getBytes(UTF_8));
    }

    /** Injected faults and another time would be for the other connections, too; and a stream has no end. */
    private static boolean isForAll(Description.Call call) {
        return call.template().endsWith("/stream")
                || (call.template().startsWith("/emulator/faults")
                                || call.template().startsWith("/emulator/clock"))
                        && !call.method().equals("GET");
    }

    private static Map<String, String> headers(Description.Described described) {
        Map<String, String> headers = new LinkedHashMap<>(Map.of("Host", "localhost"));
        headers.put("Authorization", "{" + described.call().plane() + "Token}");
        if (!described.body().isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return headers;
    }

    Result run(int requests) {
        long before = System.nanoTime();
        long logged = program.logged();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            int number = i;
            threads.add(Thread.ofPlatform().name("fuzz-" + i).start(() -> work(number, requests)));
        }
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        double seconds = (System.nanoTime() - before) / 1e9;
        int oneByOne = changeForAll(requests / ONE_FOR_ALL_IN);
        seenFindings.forEach((kind, count) -> {
            if (count.get() > 1) {
                result.finding("%s was seen %,d times".formatted(kind, count.get()));
            }
        });
        checkRemains(logged);
        result.row(
                "requests changed at random, on all planes",
                requests + oneByOne,
                requests + oneByOne - wrong.get(),
                "seed %d; %,.0f a second on %d connections; slowest answer %,d ms; %,d refused with a 4xx; "
                                .formatted(seed, requests / seconds, CONNECTIONS, slowest.get(), refused.get())
                        + "%,d kB logged".formatted((program.logged() - logged) / 1000));
        return result;
    }

    private void work(int number, int requests) {
        Tenant tenant = null;
        RawHttp connection = null;
        int ofTenant = 0;
        for (int n = next.getAndIncrement(); n < requests; n = next.getAndIncrement()) {
            try {
                if (tenant == null || ++ofTenant > REQUESTS_OF_A_TENANT) {
                    ofTenant = 0;
                    tenant = renew(tenant, SETTINGS.get(number % SETTINGS.size()));
                }
                Request request = mutations.apply(seed * 1_000_003 + n).next();
                if (n % ONE_RAW_IN == 0) {
                    sendRaw(n, request, tenant);
                } else {
                    connection = send(n, request, tenant, connection);
                }
            } catch (IOException | RuntimeException | AssertionError e) {
                finding("the attack failed: " + e, "request %d of seed %d".formatted(n, seed));
                connection = null;
                tenant = null;
                if (!program.isAlive()) {
                    finding("the program ended", "near request %d of seed %d".formatted(n, seed));
                    return;
                }
            }
        }
    }

    /** Faults and other times, one after the other; whatever time it is, calls must be answered. */
    private int changeForAll(int requests) {
        Tenant tenant = Tenant.create(program.port(), "{}");
        for (int n = 0; n < requests; n++) {
            Request request = changesForAll.apply(seed * 1_000_003 - n - 1).next();
            try {
                RawHttp connection = send(-n - 1, request, tenant, null);
                connection.close();
                if (request.path().startsWith("/emulator/clock")) {
                    for (Http.Answer answer : List.of(
                            tenant.scimCall(program.port(), "GET", "/Users", null),
                            tenant.scimCall(
                                    program.port(),
                                    "PATCH",
                                    "/Users/" + tenant.idOf("jane"),
                                    "{\"Operations\": [{\"op\": \"replace\", \"value\": {\"active\": %s}}]}"
                                            .formatted(n % 2 == 0)),
                            tenant.restCall(program.port(), "GET", "/members", null))) {
                        if (answer.status() >= 500) {
                            finding("after a change of the clock, " + answer, reproduction(-n - 1, request, tenant));
                        }
                    }
                    Http.send(program.port(), Http.ADMIN, "DELETE", "/emulator/clock", null);
                } else {
                    Http.send(program.port(), Http.ADMIN, "DELETE", "/emulator/faults", null);
                }
            } catch (IOException | RuntimeException e) {
                finding("the attack failed: " + e, reproduction(-n - 1, request, tenant));
            }
        }
        return requests;
    }

    /** Another tenant, since what was sent so far may have spoilt the tokens or the people. */
    private Tenant renew(@Nullable Tenant former, String settings) {
        if (former != null) {
            checkInvariants(former);
            Http.Answer deleted = former.control(program.port(), "DELETE", "", null);
            if (deleted.status() != 204 && deleted.status() != 404) {
                finding("a tenant cannot be deleted: " + deleted, former.id());
            }
        }
        Tenant tenant = Tenant.create(program.port(), settings);
        tenants.add(tenant);
        return tenant;
    }

    private void checkInvariants(Tenant tenant) {
        for (String violation : Invariants.violations(sql, Long.parseLong(tenant.id()))) {
            // The control API gives licences without free seats.
            if (!violation.contains("seats")) {
                finding(violation, "organisation " + tenant.id());
            }
        }
    }

    private RawHttp send(int n, Request request, Tenant tenant, @Nullable RawHttp kept) throws IOException {
        byte[] head = head(request, tenant).getBytes(ISO_8859_1);
        byte[] body = body(request, tenant);
        byte[] bytes = new byte[head.length + body.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(body, 0, bytes, head.length, body.length);
        RawHttp connection = kept == null ? new RawHttp(program.port()) : kept;
        long before = System.nanoTime();
        RawHttp.Answer answer;
        try {
            connection.send(bytes);
            answer = connection.receive(!request.method().equals("HEAD"));
        } catch (IOException e) {
            connection.close();
            connection = new RawHttp(program.port());
            try {
                connection.send(bytes);
                answer = connection.receive(!request.method().equals("HEAD"));
            } catch (IOException again) {
                connection.close();
                finding("no answer: " + again.getMessage(), reproduction(n, request, tenant));
                return new RawHttp(program.port());
            }
        }
        long millis = (System.nanoTime() - before) / 1_000_000;
        slowest.accumulateAndGet(millis, Math::max);
        if (answer.status() >= 400 && answer.status() < 500) {
            refused.incrementAndGet();
        }
        for (String problem : Verdict.of(request, answer, millis)) {
            finding(problem, reproduction(n, request, tenant));
        }
        if (createsTenants(request)) {
            removeMade(answer);
        } else if (tellsTokens(answer, tenant)) {
            finding("an answer tells a token", reproduction(n, request, tenant));
        }
        if ("close".equalsIgnoreCase(answer.header("Connection"))) {
            connection.close();
            return new RawHttp(program.port());
        }
        return connection;
    }

    private void sendRaw(int n, Request request, Tenant tenant) throws IOException {
        byte[] bytes = RawHeads.spoil(head(request, tenant), body(request, tenant), seed * 31 + n);
        long before = System.nanoTime();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), program.port())) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            RawHttp connection = new RawHttp(socket);
            connection.send(bytes);
            socket.shutdownOutput();
            RawHttp.Answer answer = connection.receive(true);
            long millis = (System.nanoTime() - before) / 1_000_000;
            slowest.accumulateAndGet(millis, Math::max);
            for (String problem : Verdict.ofRaw(answer, millis)) {
                finding("raw: " + problem, raw(n, bytes));
            }
        } catch (SocketTimeoutException e) {
            finding("raw: neither answered nor closed", raw(n, bytes));
        } catch (IOException | RuntimeException e) {
            // Closed without an answer, or answered as HTTP/0.9 or HTTP/2 do.
        }
    }

    private static boolean createsTenants(Request request) {
        return request.path().startsWith("/emulator/organizations")
                && request.method().equals("POST");
    }

    private void removeMade(RawHttp.Answer answer) {
        if (answer.status() == 201 && answer.body().contains("scimUrl")) {
            try {
                String id =
                        JsonMapper.shared().readTree(answer.bytes()).path("id").asString("");
                Http.send(program.port(), Http.ADMIN, "DELETE", "/emulator/organizations/" + id, null);
            } catch (JacksonException e) {
                finding("an answer that is no JSON", answer.body());
            }
        }
    }

    private static boolean tellsTokens(RawHttp.Answer answer, Tenant tenant) {
        String body = answer.body();
        return body.contains(tenant.scim().substring("Bearer ".length()))
                || body.contains(tenant.rest().substring("Bearer ".length()))
                || body.contains(Program.PASSWORD)
                || body.contains(Http.ADMIN.substring("Basic ".length()));
    }

    private static String head(Request request, Tenant tenant) {
        StringBuilder head = new StringBuilder(request.method())
                .append(' ')
                .append(request.base())
                .append(tenant.filled(request.path()))
                .append(" HTTP/1.1\r\n");
        request.headers().forEach((name, value) -> {
            // Wrong passwords slow down their address, which is that of all connections here.
            String sent = name.equals("Authorization") && request.path().startsWith("/emulator") ? Http.ADMIN : value;
            head.append(name)
                    .append(": ")
                    .append(sent.replace("{scimToken}", tenant.scim())
                            .replace("{restToken}", tenant.rest())
                            .replace("{emulatorToken}", Http.ADMIN))
                    .append("\r\n");
        });
        if (request.body().length > 0) {
            head.append("Content-Length: ").append(body(request, tenant).length).append("\r\n");
        }
        return head.append("\r\n").toString();
    }

    private static byte[] body(Request request, Tenant tenant) {
        String text = new String(request.body(), ISO_8859_1);
        return text.contains("{") ? tenant.filled(text).getBytes(ISO_8859_1) : request.body();
    }

    private String reproduction(int n, Request request, Tenant tenant) {
        String headers = request.headers().entrySet().stream()
                .filter(header -> !header.getKey().equals("Host"))
                .map(header -> " -H '" + header.getKey() + ": " + header.getValue() + "'")
                .collect(Collectors.joining());
        byte[] body = body(request, tenant);
        String data = body.length == 0
                ? ""
                : " --data-binary @<(base64 -d <<< %s)"
                        .formatted(shortened(Base64.getEncoder().encodeToString(body)));
        return "request %d of seed %d: curl -g --path-as-is -X %s%s 'localhost:8080%s'%s"
                .formatted(
                        n,
                        seed,
                        request.method(),
                        headers,
                        shortened(request.base() + tenant.filled(request.path())),
                        data);
    }

    private static String shortened(String text) {
        return text.substring(0, Math.min(1_500, text.length()));
    }

    private String raw(int n, byte[] bytes) {
        String text = new String(bytes, ISO_8859_1).replaceAll("(?i)authorization: [^\r\n]*", "");
        return "request %d of seed %d: base64 -d <<< %s | nc -N localhost 8080"
                .formatted(
                        n,
                        seed,
                        Base64.getEncoder()
                                .encodeToString(Verdict.shortened(text).getBytes(ISO_8859_1)));
    }

    /** Reports the first of each kind in full and counts the others. */
    private void finding(String found, String reproduction) {
        wrong.incrementAndGet();
        String problem = found + cause(found);
        String kind = problem.replaceAll("[0-9a-f]{8}|[0-9]+|'[^']*'|\"[^\"]*\"", "#");
        String shortKind = kind.substring(0, Math.min(200, kind.length()));
        if (seenFindings.computeIfAbsent(shortKind, _ -> new AtomicInteger()).incrementAndGet() == 1) {
            result.finding(problem + "; " + reproduction);
        }
    }

    /** What the log says of an error, since answers with the same words can have different causes. */
    private String cause(String problem) {
        Matcher number = ERROR_NUMBER.matcher(problem);
        if (!number.find()) {
            return "";
        }
        String log = program.readLog(Math.max(0, program.logged() - END_OF_LOG));
        int entry = log.indexOf("Error " + number.group(1));
        return entry < 0
                ? ""
                : log.substring(entry)
                        .lines()
                        .skip(1)
                        .filter(line -> !line.startsWith("\tat ") || line.startsWith("\tat dev.miroscim"))
                        .limit(2)
                        .map(String::strip)
                        .collect(Collectors.joining(" ", ", by ", ""));
    }

    /** What the journal and the log say afterwards, and that everything is still as it has to be. */
    private void checkRemains(long logged) {
        if (!program.isAlive()) {
            result.finding("The program ended");
            return;
        }
        for (String expression : Leaks.expressions()) {
            List<Map<String, Object>> rows =
                    sql.sql("""
                            select method, path, query, left(response, 300) as response from journal
                            where response ~ :expression limit 1""").param("expression", expression).query().listOfRows();
            rows.forEach(row -> result.finding("The journal tells of the program's insides: " + row));
        }
        String log = program.readLog(logged);
        for (Tenant tenant : tenants) {
            for (String secret :
                    List.of(tenant.scim().substring(7), tenant.rest().substring(7))) {
                if (log.contains(secret)) {
                    result.finding("The log tells a token");
                }
            }
        }
        String[] secrets = tenants.stream()
                .flatMap(tenant -> Stream.of(tenant.scim(), tenant.rest()))
                .map(token -> token.substring("Bearer ".length()))
                .toArray(String[]::new);
        long journalled =
                sql.sql("""
                        select count(*) from journal j where exists (select 1 from unnest(:secrets::text[]) s
                          where position(s in concat_ws(' ', j.path, j.query, j.body, j.response)) > 0)""").param("secrets", secrets).query(Long.class).single();
        if (journalled > 0) {
            result.finding("The journal tells tokens in %d entries".formatted(journalled));
        }
        long traces = log.lines().filter(line -> line.startsWith("\tat ")).count();
        if (traces > 0) {
            String first = log.lines()
                    .filter(line -> line.contains("ERROR") || line.contains("Exception"))
                    .limit(3)
                    .collect(Collectors.joining(" | "));
            result.finding("The log has %,d lines of stack traces, such as %s".formatted(traces, first));
        }
    }
}

package bench;

import bench.LoadTool.Load;
import bench.Requests.Line;
import bench.Row.Measured;
import bench.Seed.Seeded;
import dev.miroscim.startup.postgres.SeparatePostgres;
import dev.miroscim.testkit.MiroScimAdmin;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Measures the packaged program beside the limit application.
 *
 * <p>{@code bench.users} are the numbers of users, {@code bench.seconds} the length of a round, {@code bench.rounds} their
 * number, {@code bench.warm-up} the seconds of load before the rounds of a row, {@code bench.starts} how often the program is
 * started, {@code bench.flags} JVM options for it, {@code bench.rows} a regular expression for the rows to measure.
 */
final class Benchmark implements AutoCloseable {

    private static final String PASSWORD = "admin-password-of-the-benchmark";
    private static final String TOKEN = "scim-token-of-the-benchmark";
    private static final int CONNECTIONS = 8;

    /** How many different users the requests of a round name. */
    private static final int VARIETY = 20_000;

    /** How long the journal and PostgreSQL may work after the last request of a round. */
    private static final Duration SETTLE = Duration.ofMillis(400);

    private static final Duration QUICK = Duration.ofSeconds(10);

    private static final Path FOLDER = Path.of("target", "bench");
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final List<Integer> sizes = Arrays.stream(
                    property("bench.users", "10000").split(","))
            .map(Integer::valueOf)
            .sorted()
            .toList();
    private final int seconds = Integer.parseInt(property("bench.seconds", "2"));
    private final int warmUp = Integer.parseInt(property("bench.warm-up", "5"));
    private final int rounds = Integer.parseInt(property("bench.rounds", "2"));
    private final int starts = Integer.parseInt(property("bench.starts", "3"));
    private final String wanted = property("bench.rows", ".*");
    private final List<String> flags = Stream.of(property("bench.flags", "").split(" "))
            .filter(flag -> !flag.isBlank())
            .toList();
    private final String jar = property("miro-scim.jar", "target/miro-scim.jar");
    private final Path log = FOLDER.resolve("servers.log");
    private final Random random = new Random(1);

    private final LoadTool tool = new LoadTool(FOLDER);
    private final SeparatePostgres postgres = SeparatePostgres.start();
    private final PerformancePage page = new PerformancePage(sizes, seconds, rounds, warmUp, flags);

    private Benchmark() throws IOException {}

    static void main(String[] arguments) throws Exception {
        LoadTool.require();
        try (Benchmark benchmark = new Benchmark()) {
            benchmark.run();
        }
    }

    private static String property(String name, String otherwise) {
        String value = System.getProperty(name, "");
        return value.isBlank() ? otherwise : value;
    }

    private void run() throws Exception {
        Files.deleteIfExists(log);
        try (Connection connection = connect("postgres")) {
            execute(connection, "alter system set shared_buffers = '256MB'");
            execute(connection, "alter system set max_wal_size = '4GB'");
        }
        postgres.stop();
        postgres.startAgain();
        try (Connection connection = connect("postgres")) {
            page.database(connection);
        }
        measureStarts();
        for (int users : sizes) {
            measure(users);
        }
        boolean whole = sizes.getLast() >= 1_000_000 && wanted.equals(".*");
        Path file = Path.of(property("bench.page", whole ? "docs/performance.md" : "target/performance.md"));
        System.out.println(page.write(file));
        System.out.println("This page is in " + file);
    }

    /** From {@code java -jar} to the first 200, with its own new database each time. */
    private void measureStarts() throws Exception {
        List<Duration> took = new ArrayList<>();
        for (int i = 0; i < starts; i++) {
            try (Server program = startProgram()) {
                took.add(program.awaitOk("/api/v1/scim/Users", bearer(TOKEN)));
            }
        }
        page.starts(took.stream().sorted().toList());
    }

    private void measure(int users) throws Exception {
        String name = "bench_" + users;
        try (Connection connection = connect("postgres")) {
            execute(connection, "drop database if exists " + name);
            execute(connection, "create database " + name);
        }
        boolean largest = users == sizes.getLast();
        Seeded organization;
        List<GroupSize> groups = new ArrayList<>();
        Seeded small;
        try (Server program = startProgram(name);
                Connection connection = connect(name)) {
            program.awaitOk("/api/v1/scim/Users", bearer(TOKEN));
            say("Copying %,d users", users);
            Seed seed = new Seed(connection, MiroScimAdmin.at(program.baseUrl(), PASSWORD));
            organization = seed.organization("Users", users, 1, Math.min(users, 10));
            small = seed.organization("Groups", 1_000, 100, 10);
            if (largest) {
                for (int members : new int[] {5_000, 100_000}) {
                    if (members <= Math.max(5_000, users)) {
                        groups.add(new GroupSize(
                                members, seed.organization("Members " + members, members + 100, 1, members)));
                    }
                }
            }
            seed.limits(users);
            seed.settle();
        }
        try (Server program = startProgram(name);
                Server limit = startLimit(name)) {
            program.awaitOk("/api/v1/scim/Users?count=1", bearer(organization.token()));
            Requests filter = filter(users, organization);
            if (largest) {
                page.idle(ProcessorTime.residentMebibytes(program.process()));
                Load first = tool.run(filter, program.baseUrl(), (int) QUICK.toSeconds());
                Load then = tool.run(filter, program.baseUrl(), (int) QUICK.toSeconds() / 2);
                page.quick(first, then);
            }
            limit.awaitOk("/rows/1", Map.of());
            users(program, limit, users, organization, filter);
            if (largest) {
                page.steadyFilter();
                groups(program, users, small, groups);
                page.loaded(ProcessorTime.residentMebibytes(program.process()));
            }
            page.dropped(users, dropped(program));
        }
    }

    private record GroupSize(int members, Seeded organization) {}

    private void users(Server program, Server limit, int users, Seeded organization, Requests filter) throws Exception {
        Map<String, String> headers = bearer(organization.token());
        Requests limitOfReads = new Requests(CONNECTIONS, Map.of(), lines(users, n -> Line.get("/rows/" + n)));
        row("GET `userName eq`", users, program, filter, limit, limitOfReads);
        row(
                "GET by id",
                users,
                program,
                new Requests(
                        CONNECTIONS,
                        headers,
                        lines(users, n -> Line.get("/api/v1/scim/Users/" + (organization.firstUser() + n)))),
                limit,
                limitOfReads);
        String patch = """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[\
                {"op":"Replace","path":"displayName","value":"Renamed #"},\
                {"op":"Replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department","value":"D #"}]}""";
        row(
                "PATCH user, 2 operations",
                users,
                program,
                new Requests(
                        CONNECTIONS,
                        with(headers, JSON),
                        lines(
                                users,
                                n -> new Line("PATCH", "/api/v1/scim/Users/" + (organization.firstUser() + n), patch))),
                limit,
                new Requests(CONNECTIONS, JSON, List.of(new Line("PATCH", "/rows", patch))));
        String post = """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"new#@bench.example",\
                "name":{"givenName":"New","familyName":"User #"},"active":true}""";
        row(
                "POST user",
                users,
                program,
                new Requests(CONNECTIONS, with(headers, JSON), List.of(new Line("POST", "/api/v1/scim/Users", post))),
                limit,
                new Requests(CONNECTIONS, JSON, List.of(new Line("POST", "/rows", post))));
        row(
                "GET /Users?count=100",
                users,
                program,
                new Requests(CONNECTIONS, headers, List.of(Line.get("/api/v1/scim/Users?count=100"))));
        int deep = users / 10 * 9;
        row(
                "the same page at 90 % of the users",
                users,
                program,
                new Requests(
                        CONNECTIONS, headers, List.of(Line.get("/api/v1/scim/Users?count=100&startIndex=" + deep))));
        row(
                "`displayName co`, %d hits".formatted(Seed.HITS),
                users,
                program,
                new Requests(
                        CONNECTIONS,
                        headers,
                        List.of(Line.get("/api/v1/scim/Users?filter=displayName+co+%22" + Seed.RARE + "%22"))));
        if ("walk".matches(wanted) && users == sizes.getLast()) {
            page.walk(users, walk(program, headers));
        }
    }

    private void groups(Server program, int users, Seeded small, List<GroupSize> groups) throws Exception {
        row(
                "GET /Groups?count=100, 10 members each",
                users,
                program,
                new Requests(CONNECTIONS, bearer(small.token()), List.of(Line.get("/api/v1/scim/Groups?count=100"))));
        for (GroupSize group : groups) {
            Seeded organization = group.organization();
            String path = "/api/v1/scim/Groups/" + organization.firstTeam();
            for (String answer : List.of("", "?excludedAttributes=members")) {
                row(
                        "PATCH group of %,d, one member, one connection%s"
                                .formatted(group.members(), answer.isEmpty() ? "" : ", without members in the answer"),
                        users,
                        program,
                        new Requests(
                                1,
                                with(bearer(organization.token()), JSON),
                                Stream.of("add", "remove")
                                        .map(operation -> new Line("PATCH", path + answer, """
                                                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],\
                                                "Operations":[{"op":"%s","path":"members","value":[{"value":"%d"}]}]}""".formatted(
                                                        operation, organization.firstUser() + group.members())))
                                        .toList()));
            }
        }
    }

    private Requests filter(int users, Seeded organization) {
        return new Requests(
                CONNECTIONS,
                bearer(organization.token()),
                lines(
                        users,
                        n -> Line.get("/api/v1/scim/Users?filter=userName+eq+%22"
                                + Seeded.userName(n).replace("@", "%40") + "%22")));
    }

    private List<Line> lines(int users, IntFunction<Line> line) {
        return IntStream.range(0, VARIETY)
                .map(_ -> random.nextInt(users))
                .mapToObj(line)
                .toList();
    }

    private void row(String what, int users, Server program, Requests requests) throws Exception {
        row(what, users, program, requests, null, null);
    }

    private void row(
            String what,
            int users,
            Server program,
            Requests requests,
            @Nullable Server limit,
            @Nullable Requests limitRequests)
            throws Exception {
        if (!what.matches(wanted)) {
            return;
        }
        check(program, requests);
        tool.run(requests, program.baseUrl(), warmUp);
        if (limit != null) {
            check(limit, limitRequests);
            tool.run(limitRequests, limit.baseUrl(), Math.max(1, warmUp / 2));
        }
        List<Round> measured = new ArrayList<>();
        List<Round> limits = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            measured.add(round(program, requests));
            if (limit != null) {
                limits.add(round(limit, limitRequests));
            }
        }
        Row row = new Row(what, users, sum(measured), limits.isEmpty() ? null : sum(limits));
        page.row(row);
        say("%s", PerformancePage.line(row));
    }

    private record Round(Load load, ProcessorTime time) {}

    private Round round(Server server, Requests requests) throws Exception {
        ProcessHandle database = postgres.processes().getFirst();
        ProcessorTime before = ProcessorTime.of(server.process(), database);
        Load load = tool.run(requests, server.baseUrl(), seconds);
        Thread.sleep(SETTLE);
        return new Round(load, ProcessorTime.of(server.process(), database).since(before));
    }

    private static Measured sum(List<Round> rounds) {
        return new Measured(
                rounds.stream().mapToLong(round -> round.load().requests()).sum(),
                rounds.stream().mapToLong(round -> round.load().micros()).sum(),
                rounds.stream().mapToLong(round -> round.load().errors()).sum(),
                median(rounds.stream().map(round -> round.load().p50()).toList()),
                median(rounds.stream().map(round -> round.load().p99()).toList()),
                rounds.stream().map(Round::time).reduce(ProcessorTime::plus).orElseThrow());
    }

    private static long median(List<Long> values) {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    /** A server that refuses is fast. */
    private static void check(Server server, Requests requests) throws IOException, InterruptedException {
        Line line = requests.first();
        HttpResponse<String> answer = server.send(
                line.method(), line.path(), line.body().replace("#", "0" + System.nanoTime()), requests.headers());
        boolean found = !line.path().contains("filter=") || !answer.body().contains("\"totalResults\":0");
        if (answer.statusCode() >= 300 || !found) {
            throw new IllegalStateException(line + " got " + answer.statusCode() + " " + answer.body());
        }
    }

    private static Duration walk(Server program, Map<String, String> headers) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        int seen = 1;
        while (true) {
            HttpResponse<String> answer =
                    program.send("GET", "/api/v1/scim/Users?count=1000&startIndex=" + seen, "", headers);
            int found = answer.body().split("\"userName\"", -1).length - 1;
            if (found == 0) {
                return Duration.ofNanos(System.nanoTime() - begin);
            }
            seen += found;
        }
    }

    private static long dropped(Server program) throws IOException, InterruptedException {
        return program.send("GET", "/metrics", "", Map.of("Authorization", "Basic " + basic()))
                .body()
                .lines()
                .filter(line -> line.startsWith("miro_journal_dropped_total"))
                .map(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .findFirst()
                .orElseThrow();
    }

    private static String basic() {
        return Base64.getEncoder().encodeToString(("admin:" + PASSWORD).getBytes());
    }

    private Server startProgram(String... settings) throws IOException {
        return startProgram(Stream.of(settings));
    }

    private Server startProgram(String database) throws IOException {
        return startProgram(database(database));
    }

    private Server startProgram(Stream<String> settings) throws IOException {
        return Server.start(
                log,
                Stream.concat(flags.stream(), Stream.of("-jar", jar)).toList(),
                Stream.concat(Stream.of("--miro.scim-token=" + TOKEN, "--miro.admin-password=" + PASSWORD), settings)
                        .toArray(String[]::new));
    }

    private Server startLimit(String database) throws IOException {
        return Server.start(
                log,
                List.of(
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LimitApplication.class.getName()),
                Stream.concat(
                                database(database),
                                Stream.of(
                                        "--spring.datasource.hikari.auto-commit=true",
                                        "--spring.main.web-application-type=servlet"))
                        .toArray(String[]::new));
    }

    private Stream<String> database(String name) {
        return Stream.of("--spring.datasource.url=" + url(name), "--spring.datasource.username=" + postgres.username());
    }

    private String url(String name) {
        return postgres.url().replaceFirst("[^/]*$", name);
    }

    private Connection connect(String name) throws SQLException {
        return DriverManager.getConnection(url(name), postgres.username(), "");
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Map<String, String> bearer(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    private static Map<String, String> with(Map<String, String> headers, Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putAll(more);
        return all;
    }

    private static void say(String format, Object... values) {
        System.out.println(format.formatted(values));
    }

    @Override
    public void close() throws IOException {
        postgres.close();
    }
}

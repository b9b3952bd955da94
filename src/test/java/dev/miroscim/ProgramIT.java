package dev.miroscim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The jar as its users start it. Its build decided which beans there are, which tests of the classes do not see:
 * whatever depends on settings has to be tried here.
 */
class ProgramIT {

    private static final Path JAVA = Path.of(System.getProperty("java.home"), "bin", "java");
    private static final String TOKEN = "token-of-the-program-under-test";

    private final HttpClient http = HttpClient.newHttpClient();
    private final List<Process> started = new ArrayList<>();

    /** What programs wrote after they were ready. */
    private final List<String> log = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() throws InterruptedException {
        // The last one first: an earlier one's database may be what it works with.
        for (Process program : started.reversed()) {
            program.descendants().forEach(ProcessHandle::destroy); // of a shell
            program.destroy();
            assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void worksAloneAndOnTheDatabaseOfAnother(@TempDir Path folder) throws Exception {
        String alone = start("--miro.data-dir=" + folder);
        Path database = folder.resolve("postgresql");
        usesTheCacheOfTheBuild(started.getFirst());

        HttpResponse<String> created = send(alone, "POST", "/Users", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.com"}""");
        assertThat(created.statusCode()).isEqualTo(201);
        assertThat(created.headers().map()).doesNotContainKey("X-RateLimit-Limit");
        assertThat(send(alone, "GET", "/Groups", null).body()).contains("Engineering Support");
        assertThat(send(alone, "POST", "/Groups", "{}").statusCode()).isEqualTo(405);

        String other = start(
                "--spring.datasource.url=" + urlOf(database),
                "--spring.datasource.username=miro",
                "--spring.datasource.password=" + Files.readString(database.resolve("password")),
                "--miro.rate-limits=documented",
                "--miro.journal.enabled=false");

        HttpResponse<String> found = send(other, "GET", "/Users?filter=userName%20eq%20%22ada@example.com%22", null);
        assertThat(found.body()).contains("\"totalResults\":1");
        assertThat(found.headers().firstValue("X-RateLimit-Limit")).hasValue("200");
    }

    /** With nothing between the lines, and no secret in them. */
    @Test
    void logsAsJson(@TempDir Path folder) throws Exception {
        Path log = folder.resolve("log");
        ProcessBuilder command = new ProcessBuilder(
                "sh",
                "-c",
                "exec \"$0\" -jar \"$1\" --server.port=0 --miro.scim-token=" + TOKEN
                        + " --logging.structured.format.console=ecs --logging.level.org.springframework.security=debug"
                        + " 2>&1 >" + log,
                JAVA.toString(),
                System.getProperty("miro-scim.jar"));
        String said = await(command, "SCIM base URL");

        HttpResponse<String> answer = send(said.substring(said.indexOf("http")), "GET", "/Users", null);

        String id = answer.headers().firstValue("X-Request-Id").orElseThrow();
        List<String> lines = Files.readAllLines(log);
        assertThat(lines)
                .isNotEmpty()
                .allSatisfy(
                        line -> assertThat(JsonMapper.shared().readTree(line).has("message"))
                                .isTrue())
                .anySatisfy(line -> assertThat(JsonMapper.shared()
                                .readTree(line)
                                .path("requestId")
                                .asString())
                        .isEqualTo(id))
                .noneMatch(line -> line.contains(TOKEN));
    }

    @Test
    void isBothHostsOfConductorOnesConnector(@TempDir Path folder) throws Exception {
        Page page = Page.of("docs/conductorone.md");
        Map<String, String> path = Map.of("PATH", JAVA.getParent() + File.pathSeparator + System.getenv("PATH"));
        Page.run(folder, path, page.commands("certificate"));
        String server = page.commands("server")
                .getFirst()
                .replace("8443", "0")
                .replace("target/miro-scim.jar", System.getProperty("miro-scim.jar"));
        String baseUrl = await(Page.bash(folder, path, List.of(server)), "SCIM base URL");
        String port = Integer.toString(
                URI.create(baseUrl.substring(baseUrl.indexOf("https:"))).getPort());
        Path proxy = Files.writeString(
                folder.resolve("Proxy.java"),
                page.java("proxy").replace("8443", port).replace("3128", "0"));
        String address = await(new ProcessBuilder(JAVA.toString(), proxy.toString()), "Proxy at");

        String answers = Page.run(
                folder,
                Map.of(),
                page.commands("through-the-proxy").stream()
                        .map(commands -> commands.replace("3128", address.substring(address.lastIndexOf(':') + 1)))
                        .toList());

        assertThat(answers)
                .contains("\"type\":\"oAuthToken\"")
                .contains("\"location\":\"https://miro.com/api/v1/scim/Groups/");
    }

    @Test
    void databaseIsKilled_comesBackWithAllThatWasAcknowledged(@TempDir Path folder) throws Exception {
        String baseUrl = start("--miro.data-dir=" + folder);
        Path data = folder.resolve("postgresql").resolve("data");
        Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        AtomicBoolean calling = new AtomicBoolean(true);
        long start = System.nanoTime();
        try (var clients = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int client = 0; client < 8; client++) {
                String prefix = "user" + client + "-";
                clients.submit(() -> {
                    for (int number = 0; calling.get(); number++) {
                        String userName = prefix + number + "@example.com";
                        int status = create(baseUrl, userName);
                        statuses.add(status);
                        if (status == 201) {
                            acknowledged.add(userName);
                        }
                    }
                    return null;
                });
            }
            try {
                for (int death = 0; death < 3; death++) {
                    String server = pid(data);
                    ProcessHandle.of(Long.parseLong(server)).orElseThrow().destroyForcibly();
                    Awaitility.await()
                            .atMost(Duration.ofMinutes(1))
                            .until(() -> !pid(data).equals(server));
                    int before = acknowledged.size();
                    Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> acknowledged.size() > before + 20);
                }
            } finally {
                calling.set(false);
            }
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);

        assertThat(statuses).contains(201).isSubsetOf(201, 503);
        assertThat(userNames(baseUrl)).containsAll(acknowledged);
        assertThat(log)
                .filteredOn(line -> line.contains("PostgreSQL ended and was started again"))
                .hasSize(3);
        // The start message is there too, without times.
        assertThat(log)
                .noneMatch(line -> line.startsWith("\tat "))
                .filteredOn(line -> line.matches("\\d{4}-.*"))
                .hasSizeLessThan((int) seconds + 5);
    }

    private int create(String baseUrl, String userName) throws IOException, InterruptedException {
        return send(baseUrl, "POST", "/Users", """
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s", "active": false}
                        """.formatted(userName)).statusCode();
    }

    private Set<String> userNames(String baseUrl) throws IOException, InterruptedException {
        Set<String> names = new HashSet<>();
        for (int before = -1; names.size() > before; ) {
            before = names.size();
            String page = "/Users?attributes=userName&count=1000&startIndex=" + (before + 1);
            for (JsonNode user : JsonMapper.shared()
                    .readTree(send(baseUrl, "GET", page, null).body())
                    .path("Resources")) {
                names.add(user.path("userName").stringValue());
            }
        }
        return names;
    }

    /** Empty while there is no server. */
    private static String pid(Path data) throws IOException {
        try {
            return Files.readAllLines(data.resolve("postmaster.pid")).getFirst();
        } catch (NoSuchFileException | NoSuchElementException e) {
            return "";
        }
    }

    @Test
    void containsItsBillOfMaterials() throws IOException {
        assumeFalse("offline=true".equals(System.getProperty("maven")), "Maven leaves it out when it is offline");
        String text;
        try (ZipFile jar = new ZipFile(System.getProperty("miro-scim.jar"))) {
            text = new String(
                    jar.getInputStream(jar.getEntry("META-INF/sbom/application.cdx.json"))
                            .readAllBytes(),
                    UTF_8);
        }
        JsonNode bill = JsonMapper.shared().readTree(text);
        Map<String, JsonNode> components = bill.path("components")
                .valueStream()
                .collect(toMap(component -> component.path("name").stringValue(), identity(), (first, _) -> first));

        assertThat(bill.path("bomFormat").stringValue()).isEqualTo("CycloneDX");
        assertThat(bill.at("/metadata/component/name").stringValue()).isEqualTo("miro-scim");
        assertThat(components)
                .containsKeys("spring-core", "tomcat-embed-core", "postgresql")
                .doesNotContainKeys("testcontainers", "junit-jupiter-api", "assertj-core");
        assertThat(components.get("spring-core").at("/licenses/0/license/id").stringValue())
                .isEqualTo("Apache-2.0");
        assertThat(components.values()).allSatisfy(component -> {
            assertThat(component.path("purl").stringValue()).startsWith("pkg:maven/");
            assertThat(component.path("licenses")).isNotEmpty();
        });
        assertThat(text).doesNotContain("file:", System.getProperty("user.home"), "localhost");
    }

    /** Elsewhere than on Linux it starts without. */
    private static void usesTheCacheOfTheBuild(Process program) {
        if (OS.LINUX.isCurrentOs()) {
            String cache = System.getProperty("miro-scim.jar").replaceFirst("jar$", "aot");
            assertThat(program.info().arguments().orElseThrow()).startsWith("-XX:AOTCache=" + cache);
        }
    }

    private static String urlOf(Path database) throws IOException {
        int lineOfPort = 3;
        String port = Files.readAllLines(database.resolve("data").resolve("postmaster.pid"))
                .get(lineOfPort);
        return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    }

    /** Starts the program and waits until it says where it is reached. */
    private String start(String... arguments) throws IOException {
        ProcessBuilder command = new ProcessBuilder(Stream.concat(
                        Stream.of(
                                JAVA.toString(),
                                "-jar",
                                System.getProperty("miro-scim.jar"),
                                "--server.port=0",
                                "--miro.scim-token=" + TOKEN),
                        Stream.of(arguments))
                .toList());
        String said = await(command, "SCIM base URL");
        return said.substring(said.indexOf("http"));
    }

    /** Starts what {@code command} says and waits for a line with {@code text}. */
    private String await(ProcessBuilder command, String text) throws IOException {
        // They are for the JVM of the tests, and the program makes a difference where there are any.
        command.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS"));
        Process program = command.redirectErrorStream(true).start();
        started.add(program);
        BufferedReader said = program.inputReader();
        List<String> lines = new ArrayList<>();
        for (String line = said.readLine(); line != null; line = said.readLine()) {
            lines.add(line);
            if (line.contains(text)) {
                // What it says from now on must not make it wait for a reader.
                Thread.ofVirtual().start(() -> said.lines().forEach(log::add));
                return line;
            }
        }
        throw new AssertionError(lines.stream().collect(joining("\n", "The program ended:\n", "")));
    }

    private HttpResponse<String> send(String baseUrl, String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(baseUrl + path))
                        .header("Authorization", "Bearer " + TOKEN)
                        .header("Content-Type", "application/scim+json")
                        .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }
}

package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.Control;
import dev.miroscim.OwnDatabase;
import dev.miroscim.RawHttp;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.scim.Projection;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Every call of every plane, with whatever a client can send in a path, a query and in headers: it is never an error of
 * the server, always answered in the form of the plane, and the answer names nothing of the program's inside.
 */
@Campaign
class HostileRequestsTest {

    private static final int AT_ONCE = 4;

    /** Lists of SCIM read these from the request themselves. */
    private static final List<String> LIST_PARAMETERS =
            List.of("filter", "attributes", "excludedAttributes", "startIndex", "count", "sortBy", "sortOrder");

    /** As they stand in a URL. */
    private static final List<String> VALUES = List.of(
            "",
            "%20",
            "x",
            "-1",
            "1.5",
            "9999999999999999999999",
            "%00",
            "a%00b",
            "%ED%A0%80",
            "%FF",
            "%C3%A4",
            "%F0%9F%98%80",
            "[]",
            "{}",
            "${jndi:x}",
            "null",
            "true",
            "'",
            "%27%20or%201=1--",
            "%25zz",
            "2026-13-45T99:99:99Z",
            "+1000000000-01-01T00:00:00Z",
            "PT99999999999999999H",
            "a,b,,",
            "x".repeat(3_000));

    private static final List<String> SEGMENTS = List.of(
            "0",
            "-1",
            "+1",
            "01",
            "0x1",
            "1.0",
            "9223372036854775808",
            "99999999999999999999999999",
            "x",
            "%20",
            "%00",
            "%0A",
            "%zz",
            "%",
            "%2",
            "%2F",
            "%5C",
            "%2e%2e",
            "..",
            "%ED%A0%80",
            "%FF",
            "%C3%A4",
            "1;a=b",
            "1;%zz",
            ";%zz",
            ";=%",
            ";%00",
            "%3B%zz",
            "1;jsessionid=1",
            "{x}",
            "[x]",
            "*",
            "x".repeat(3_000));

    /** What names a property in Spring's binders. */
    private static final List<String> BINDINGS = List.of(
            "%s.=1",
            "%s..=1",
            "%s.a=1",
            "%s.class=1",
            "%s[0]=1",
            "%s[]=1",
            "%s['a']=1",
            "%s[=1",
            "%s]=1",
            "_%s=1",
            "!%s=1",
            ".%s=1",
            "%s.a[0].b..c=1",
            "%s[99999999999]=1",
            "%s%%00=1");

    private static final List<String> QUERIES = List.of(
            "",
            "&",
            "=",
            "&&=&",
            "%",
            "%zz=1",
            "a=%zz",
            "a=%",
            "%00=1",
            "a..=1",
            "class.module.classLoader=1",
            "a[0].b=1",
            "%ED%A0%80=1",
            "x=1".repeat(1_000),
            "a&".repeat(3_000));

    private static final List<String> HEADERS = List.of(
            "X-Forwarded-Prefix: x",
            "X-Forwarded-Prefix: /x?y",
            "X-Forwarded-Prefix: //",
            "X-Forwarded-Prefix: /%zz",
            "X-Forwarded-Prefix: /a b",
            "X-Forwarded-Prefix: /;%zz",
            "X-Forwarded-Prefix: ,",
            "X-Forwarded-Prefix: http://x/",
            "X-Forwarded-Prefix: /../..",
            "X-Forwarded-Host: ",
            "X-Forwarded-Host: ,",
            "X-Forwarded-Host: :80",
            "X-Forwarded-Host: a:b",
            "X-Forwarded-Host: a:99999999",
            "X-Forwarded-Host: [::1",
            "X-Forwarded-Host: a/b?c#d",
            "X-Forwarded-Port: x",
            "X-Forwarded-Port: -1",
            "X-Forwarded-Port: 999999999999",
            "X-Forwarded-Proto: x",
            "X-Forwarded-Proto: ",
            "X-Forwarded-Ssl: x",
            "X-Forwarded-For: x",
            "X-Forwarded-For: :x",
            "X-Forwarded-For: [::1",
            "X-Forwarded-For: 1.2.3.4:99999999",
            "X-Forwarded-For: ,",
            "Forwarded: x",
            "Forwarded: =;=,;",
            "Forwarded: for=\"[::1\"",
            "Forwarded: for=_x:y;proto=http;host=\"a b\"",
            "Forwarded: for=1.2.3.4:99999999",
            "Forwarded: host=a:b",
            "Forwarded: proto=ftp",
            "Accept: x",
            "Accept: */x",
            "Accept: application/json;q=x",
            "Accept: text/html",
            "Accept-Charset: x",
            "Accept-Encoding: x;q=9",
            "Accept-Language: %%",
            "Content-Type: x",
            "Content-Type: application/json;charset=x",
            "Content-Type: application/json;charset=",
            "Content-Type: application/json;charset=\"\"",
            "Content-Type: multipart/form-data",
            "Content-Type: application/x-www-form-urlencoded",
            "Content-Type: application/x-www-form-urlencoded;charset=x",
            "Content-Type: */*",
            "Content-Encoding: gzip",
            "Content-Length: 0",
            "Range: bytes=x",
            "Range: bytes=0-0",
            "If-Range: x",
            "If-Match: x",
            "If-None-Match: \"",
            "If-Modified-Since: x",
            "If-Unmodified-Since: x",
            "Expect: x",
            "Cookie: =;;\"",
            "Cookie: JSESSIONID=x",
            "Last-Event-ID: 9999999999999999999999999",
            "Last-Event-ID: \u00ff",
            "Origin: null",
            "Origin: x",
            "Access-Control-Request-Method: x",
            "X-HTTP-Method-Override: x",
            "Upgrade: h2c",
            "Upgrade: websocket",
            "TE: x",
            "Connection: x",
            "\u00e4: x",
            "X-Test: \u00ff\u0001");

    private static final List<String> METHODS =
            List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND", "get", "X");

    private static final List<String> BODIES =
            List.of("", "x", "{}", "[]", "null", "{\"a\":", "a=b", "\u0000", "\u00ff");

    /** As they stand in JSON. */
    private static final List<String> MEMBERS = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e999",
            "99999999999999999999",
            "\"\"",
            "\" \"",
            "\"x\"",
            "\"null\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"${x}\"",
            "\"2026-13-45\"",
            "\"" + "x".repeat(10_000) + "\"",
            "[]",
            "[null]",
            "[[]]",
            "[\"x\", \"x\"]",
            "[{}]",
            "{}",
            "{\"x\": 1}",
            "{\"x\": null}",
            "{\"\": \"\"}",
            "{\"Full\": null}",
            "{\"Full\": \"x\"}",
            "{\"Full\": -1}",
            "{\"value\": {\"value\": []}}",
            "[{\"value\": null, \"op\": null, \"path\": 1}]",
            "[{\"op\": \"add\", \"path\": \"x[\", \"value\": {}}]",
            "[{\"name\": \"x\", \"email\": \"x\", \"teams\": [\"x\"], \"id\": -1}]",
            "1".repeat(200),
            "[".repeat(200) + "]".repeat(200));

    /** What SCIM reads from its bodies, which are no records. */
    private static final List<String> SCIM_MEMBERS = List.of(
            "schemas",
            "userName",
            "name",
            "displayName",
            "emails",
            "active",
            "roles",
            "userType",
            "photos",
            "preferredLanguage",
            "members",
            "id",
            "meta",
            "groups",
            "Operations",
            "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");

    /** Names that only the inside of the program has. */
    private static final Pattern INSIDE = Pattern.compile(
            "(?i)exception|(java|jakarta|springframework|hibernate|miroscim|apache|jackson|postgresql)[./]"
                    + "|\\[L[a-z]|\\[\\w@[0-9a-f]|stacktrace|<html|<!doctype"
                    + "|\\b(select|insert|update|delete)\\b.+\\b(from|into|set|where)\\b");

    private static OwnDatabase database;
    private static ConfigurableApplicationContext program;
    private static Control control;
    private static Organization acme;

    private final Queue<String> problems = new ConcurrentLinkedQueue<>();

    private record Call(String method, String path, HandlerMethod handler) {

        /** The path with the organisation's id for its variables, so that the handler is reached. */
        String concrete() {
            return path.replaceAll("\\{[^}]*}", isDeletion() ? "1" : acme.id());
        }

        /** What would remove the organisation is asked of one that does not exist. */
        private boolean isDeletion() {
            return method.equals("DELETE");
        }
    }

    @BeforeAll
    static void start() throws SQLException {
        database = OwnDatabase.create("hostile_requests");
        program = database.start("--spring.datasource.hikari.connection-timeout=20000");
        control = Control.of(program);
        acme = control.admin().createOrganization(NewOrganization.named("Acme"));
    }

    @AfterAll
    static void stop() throws SQLException {
        program.close();
        database.drop();
    }

    @Test
    void inPaths() throws InterruptedException {
        List<String> requests = new ArrayList<>();
        for (Call call : calls()) {
            for (String segment : SEGMENTS) {
                requests.add(request(call.method(), call.concrete() + "/" + segment, ""));
                if (call.path().contains("{")) {
                    requests.add(request(
                            call.method(), call.path().replaceAll("\\{[^}]*}", segment.replace("$", "\\$")), ""));
                }
            }
        }

        send(requests);

        assertThat(problems).isEmpty();
    }

    @Test
    void inQueries() throws InterruptedException {
        List<String> requests = new ArrayList<>();
        for (Call call : calls()) {
            String path = call.concrete();
            QUERIES.forEach(query -> requests.add(request(call.method(), path + "?" + query, "")));
            parameters(call.handler()).forEach(name -> {
                VALUES.forEach(value -> requests.add(request(call.method(), path + "?" + name + "=" + value, "")));
                BINDINGS.forEach(
                        binding -> requests.add(request(call.method(), path + "?" + binding.formatted(name), "")));
                requests.add(request(call.method(), path + "?%s&%1$s".formatted(name), ""));
                requests.add(request(call.method(), path + "?%s=a&%1$s=b".formatted(name), ""));
            });
        }

        send(requests);

        assertThat(problems).isEmpty();
    }

    /** What a parameter means that is there twice is for no client to guess, and for no handler. */
    @Test
    void aRepeatedParameterIsRefused_byItsName() throws IOException {
        for (Call call : calls()) {
            for (String name : parameters(call.handler()).toList()) {
                if (name.equals("emails")) {
                    continue; // a list
                }
                RawHttp.Answer answer = RawHttp.exchange(
                        control.port(), request(call.method(), call.concrete() + "?%s=1&%1$s=2".formatted(name), ""));
                if (answer.status() == 405 || answer.status() == 404) {
                    continue; // refused before any parameter is read
                }

                assertThat(answer.status()).as(call + " " + name).isEqualTo(400);
                assertThat(answer.body()).contains("The parameter " + name + " is repeated");
            }
        }
    }

    @Test
    void inHeaders() throws InterruptedException {
        List<String> requests = new ArrayList<>();
        for (Call call : calls()) {
            HEADERS.forEach(header -> requests.add(request(call.method(), call.concrete(), header + "\n")));
        }

        send(requests);

        assertThat(problems).isEmpty();
    }

    @Test
    void inMethodsAndBodies() throws InterruptedException {
        List<String> requests = new ArrayList<>();
        for (Call call : calls()) {
            for (String method : METHODS) {
                if (!method.equals("DELETE") || call.isDeletion()) {
                    requests.add(request(method, call.concrete(), ""));
                }
            }
            for (String body : BODIES) {
                requests.add(request(
                        call.method(),
                        call.concrete(),
                        "Content-Type: application/json\nContent-Length: " + body.length() + "\n",
                        body));
            }
        }

        send(requests);

        assertThat(problems).isEmpty();
    }

    /** Every member that a body can have, with values of every type. */
    @Test
    void inMembersOfBodies() throws InterruptedException {
        List<String> requests = new ArrayList<>();
        for (Call call : calls()) {
            members(call.handler())
                    .forEach(member -> MEMBERS.forEach(value -> requests.add(request(
                            call.method(),
                            call.concrete(),
                            "Content-Type: application/json\nContent-Length: "
                                    + "{\"%s\": %s}".formatted(member, value).length() + "\n",
                            "{\"%s\": %s}".formatted(member, value)))));
        }

        send(requests);

        assertThat(problems).isEmpty();
    }

    /** A method that is always refused is none that the call has. */
    @ParameterizedTest
    @ValueSource(strings = {"TEAMS", "USER_GROUPS"})
    void optionsNamesTheMethodsThatAreNotRefused(String groupModel) throws IOException {
        control.patch("/organizations/%s/settings".formatted(acme.id()), "{\"groupModel\": \"" + groupModel + "\"}");
        for (String path : calls().stream().map(Call::path).distinct().toList()) {
            // Of an organisation that does not exist, as some would go.
            String target = path.replaceAll("\\{[^}]*}", "1");
            RawHttp.Answer options = RawHttp.exchange(control.port(), request("OPTIONS", target, ""));
            assertThat(options.status()).as(path).isEqualTo(200);
            List<String> allowed = List.of(options.header("Allow").split(", ?"));

            for (String method : List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")) {
                try (RawHttp connection = new RawHttp(control.port())) {
                    connection.send(request(method, target, "Content-Length: 0\n"));
                    int status = connection.receive(false).status();

                    assertThat(status == 405)
                            .as("%s %s, whose methods are %s: %d", method, path, allowed, status)
                            .isNotEqualTo(allowed.contains(method));
                }
            }
        }
    }

    /** Paths of no plane, and requests that no handler ever sees. */
    @Test
    void besideThePlanes() throws InterruptedException {
        List<String> requests = new ArrayList<>();
        for (String path :
                List.of("/", "/x", "/health", "/v3/api-docs", "/error", "/api", "/emulators", "/app/board/1")) {
            SEGMENTS.forEach(segment -> requests.add(request("GET", path + "/" + segment, "")));
            SEGMENTS.forEach(segment -> requests.add(request("GET", path + segment, "")));
            QUERIES.forEach(query -> requests.add(request("GET", path + "?" + query, "")));
            HEADERS.forEach(header -> requests.add(request("GET", path, header + "\n")));
            METHODS.forEach(method -> requests.add(request(method, path, "")));
            BODIES.forEach(body -> requests.add(
                    request("POST", path, "Content-Type: text/plain\nContent-Length: " + body.length() + "\n", body)));
        }
        for (String target : List.of("/health", "/api/v1/scim/Users", "/v2/boards", "/emulator/clock", "/x", "*")) {
            for (String line : List.of(
                    "GET %s",
                    "GET %s HTTP/1.0",
                    "GET %s HTTP/0.9",
                    "GET %s HTTP/1.2",
                    "GET %s HTTP/2.0",
                    "GET %s HTTP/x",
                    "GET %s FTP/1.1",
                    "GET http://localhost%s HTTP/1.1",
                    "GET http://user@localhost%s HTTP/1.1",
                    "GET http://a b%s HTTP/1.1",
                    "GET http://%s HTTP/1.1",
                    "GET ftp://localhost%s HTTP/1.1",
                    "GET //localhost%s HTTP/1.1",
                    "GET x%s HTTP/1.1",
                    "GET \\%s HTTP/1.1",
                    "GET %s#x HTTP/1.1",
                    "GET %s?<x> HTTP/1.1",
                    "GET %s\u00ff HTTP/1.1",
                    "GET %s%%%% HTTP/1.1",
                    "OPTIONS %s HTTP/1.1",
                    "CONNECT %s HTTP/1.1",
                    "CONNECT localhost:80 HTTP/1.1",
                    "TRACE %s HTTP/1.1",
                    "PRI * HTTP/2.0")) {
                for (String headers : List.of(
                        "",
                        "Host: localhost\n",
                        "Host: \n",
                        "Host: x y\n",
                        "Host: localhost\nHost: localhost\n",
                        "Host: localhost:99999999\n",
                        "Host: localhost\nTransfer-Encoding: x\nConnection: close\n",
                        "Host: localhost\nTransfer-Encoding: chunked\nContent-Length: 3\n",
                        "Host: localhost\nContent-Length: -1\n",
                        "Host: localhost\nContent-Length: 1\nContent-Length: 2\n",
                        "Host: localhost\n: x\n",
                        "Host: localhost\n x: y\n",
                        "Host: localhost\nx\n",
                        "Host: localhost\nX: " + "x".repeat(40_000) + "\n")) {
                    requests.add(line.formatted(target) + "\n" + headers + "\n");
                }
            }
        }

        send(requests);

        assertThat(problems).isEmpty();
    }

    private void send(List<String> requests) throws InterruptedException {
        assertThat(requests).hasSizeGreaterThan(100);
        Queue<String> waiting = new ConcurrentLinkedQueue<>(requests);
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            for (int client = 0; client < AT_ONCE; client++) {
                clients.submit(() -> {
                    for (String request = waiting.poll(); request != null; request = waiting.poll()) {
                        check(request);
                    }
                });
            }
        }
    }

    private void check(String request) {
        String shown = request.lines()
                .filter(line -> !line.startsWith("Authorization"))
                .toList()
                .toString();
        try (RawHttp connection = new RawHttp(control.port())) {
            connection.send(request);
            boolean stream = request.startsWith("GET /emulator/journal/stream"); // which has no end
            RawHttp.Answer answer = connection.receive(!request.startsWith("HEAD "), stream);
            String problem = problem(request, answer);
            if (problem != null) {
                problems.add("%.400s -> %s: %d %.600s".formatted(shown, problem, answer.status(), answer.body()));
            }
        } catch (IOException e) {
            // A request without a version gets its answer without a status, as in HTTP/0.9, or none at all.
            if (request.lines().findFirst().orElse("").contains(" HTTP/1.")) {
                problems.add("%.400s -> %s".formatted(shown, e.getMessage()));
            }
        } catch (RuntimeException e) {
            problems.add("%.400s -> unreadable answer: %s".formatted(shown, e));
        }
    }

    private static String problem(String request, RawHttp.Answer answer) {
        if (answer.status() >= 500 && answer.status() != 501 && answer.status() != 505) {
            return "an error of the server";
        }
        if (answer.status() < 400 || request.startsWith("HEAD ") || request.startsWith("OPTIONS * ")) {
            return null;
        }
        if (INSIDE.matcher(answer.body()).find()) {
            return "the inside of the program";
        }
        return isInFormOfPlane(request.split(" ")[1], answer) ? null : "not in the form of its plane";
    }

    private static boolean isInFormOfPlane(String target, RawHttp.Answer answer) {
        JsonNode error;
        try {
            error = JsonMapper.shared().readTree(answer.body());
        } catch (JacksonException e) {
            return false;
        }
        boolean scim = error.path("schemas").toString().contains("api:messages:2.0:Error")
                && error.path("status").asString("").equals(Integer.toString(answer.status()));
        boolean scimMethod =
                answer.status() == 405 && error.at("/error/reason").asString("").equals("methodNotAllowed");
        boolean rest = error.propertyNames().containsAll(List.of("status", "code", "message", "type"))
                && error.path("status").asInt() == answer.status();
        boolean problem = "application/problem+json".equals(answer.header("Content-Type"))
                && error.path("status").asInt() == answer.status();
        if (error.propertyNames().isEmpty()) {
            return false;
        }
        if (target.matches("/api/v1/scim(/[A-Za-z0-9]+)*(\\?[a-z=]*)?")) {
            return scim || scimMethod;
        }
        if (target.matches("/v[12](/[a-z0-9-]+)*(\\?[a-z=]*)?")) {
            return rest;
        }
        if (target.matches("/emulator(/[a-z0-9-]+)*(\\?[a-z=]*)?")) {
            return problem;
        }
        return scim || scimMethod || rest || problem;
    }

    private static String request(String method, String target, String headers) {
        return request(method, target, headers, "");
    }

    private static String request(String method, String target, String headers, String body) {
        return "%s %s HTTP/1.1\nHost: localhost\nAuthorization: %s\nConnection: close\n%s\n%s"
                .formatted(method, target, authorization(target), headers, body);
    }

    private static String authorization(String target) {
        if (target.startsWith("/emulator") || target.startsWith("/metrics")) {
            return "Basic "
                    + Base64.getEncoder()
                            .encodeToString(("admin:" + control.password()).getBytes(StandardCharsets.UTF_8));
        }
        return "Bearer " + (target.startsWith("/v") ? acme.restToken() : acme.scimToken());
    }

    private static List<Call> calls() {
        RequestMappingHandlerMapping handlers =
                program.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class);
        List<Call> calls = handlers.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getValue().getBeanType().getName().startsWith("dev.miroscim."))
                .flatMap(entry -> entry.getKey().getPatternValues().stream()
                        .flatMap(path -> entry.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Call(method.name(), path, entry.getValue()))))
                .toList();
        assertThat(calls).hasSizeGreaterThan(70);
        return calls;
    }

    private static List<String> members(HandlerMethod handler) {
        return Arrays.stream(handler.getMethod().getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(RequestBody.class))
                .map(Parameter::getType)
                .flatMap(type -> type.isRecord()
                        ? recordMembers(type)
                        : type == Map.class ? recordMembers(OrganizationSettings.class) : SCIM_MEMBERS.stream())
                .toList();
    }

    private static Stream<String> recordMembers(Class<?> type) {
        return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName);
    }

    /** The names of what the handler reads from the query. */
    private static Stream<String> parameters(HandlerMethod handler) {
        return Arrays.stream(handler.getMethod().getParameters()).flatMap(HostileRequestsTest::parameters);
    }

    private static Stream<String> parameters(Parameter parameter) {
        if (parameter.getType() == Projection.class) {
            return Stream.of("attributes", "excludedAttributes");
        }
        if (parameter.getType() == HttpServletRequest.class) {
            return LIST_PARAMETERS.stream();
        }
        RequestParam query = AnnotatedElementUtils.findMergedAnnotation(parameter, RequestParam.class);
        if (query != null) {
            return Stream.of(query.name().isEmpty() ? parameter.getName() : query.name());
        }
        if (parameter.isAnnotationPresent(ModelAttribute.class)) {
            return Arrays.stream(parameter.getType().getRecordComponents()).map(RecordComponent::getName);
        }
        return Stream.empty();
    }
}

package dev.miroscim.emulator.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.miroscim.AnswerAssert;
import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.Statements;
import dev.miroscim.access.TokenKind;
import dev.miroscim.http.Planes;
import dev.miroscim.testkit.Call;
import dev.miroscim.testkit.Fault;
import dev.miroscim.testkit.JournalQuery;
import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.NewFault;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.NewTime;
import dev.miroscim.testkit.Organization;
import dev.miroscim.testkit.Team;
import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.apache.coyote.AbstractProtocol;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.TomcatWebServer;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.HttpClientErrorException;

@MiroScimTest
@Isolated("breaks requests of all organisations")
class InjectedFaultsTest {

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    private Control control;
    private MiroScimAdmin admin;
    private Organization acme;
    private ScimClient scim;

    @BeforeEach
    void makeOrganization() {
        control = Control.of(context);
        admin = control.admin();
        acme = admin.createOrganization(NewOrganization.named("Acme"));
        scim = control.scim(acme);
    }

    @AfterEach
    void endFaults() {
        admin.removeFaults();
    }

    @Test
    void nextThreePatchesOfGroups_429() {
        String group = group("Design");
        Fault fault = admin.inject(
                NewFault.of(acme).on("PATCH", "/Groups").times(3).answers(429).retryAfter(Duration.ofSeconds(2)));
        assertThat(fault.times()).isEqualTo(3);
        assertThat(fault.remaining()).isEqualTo(3);

        for (int i = 0; i < 3; i++) {
            AnswerAssert.assertThat(scim.get("/Groups")).hasStatus(200);
            Answer answer = rename(group, "Paper");
            AnswerAssert.assertThat(answer)
                    .isError(429, "tooManyRequests", "The user has sent too many requests in a given amount of time");
            assertThat(answer.header("Retry-After")).isEqualTo("2");
            assertThat(answer.header("X-Miro-Fault")).isEqualTo(fault.id());
        }
        AnswerAssert.assertThat(scim.get("/Groups/" + group)).says("/displayName", "Design");
        Answer answer = rename(group, "Paper");

        AnswerAssert.assertThat(answer).says("/displayName", "Paper");
        assertThat(answer.header("X-Miro-Fault")).isNull();
        assertThat(admin.fault(fault.id()).remaining()).isZero();
        assertThat(admin.fault(fault.id()).times()).isEqualTo(3);
        assertThat(admin.fault(fault.id()).hits()).isEqualTo(3);
    }

    @Test
    void tenthOfGets_500() {
        Fault fault = admin.inject(
                NewFault.of(acme).on("GET", "/Users").probability(0.1).answers(500));

        long failed = IntStream.range(0, 300)
                .mapToObj(_ -> scim.get("/Users").status())
                .filter(status -> status == 500)
                .count();

        // Less than three times, or more than ninety times, in one of ten million runs at most.
        assertThat(failed).isBetween(3L, 90L).isEqualTo(admin.fault(fault.id()).hits());
        AnswerAssert.assertThat(scim.get("/Groups")).hasStatus(200);
    }

    @Test
    void probability_neverAndAlways() {
        admin.inject(NewFault.of(acme).on("GET", "/Users").probability(0).answers(500));
        admin.inject(NewFault.of(acme).on("GET", "/Groups").probability(1).answers(500));

        assertThat(IntStream.range(0, 20).map(_ -> scim.get("/Users").status())).containsOnly(200);
        assertThat(IntStream.range(0, 20).map(_ -> scim.get("/Groups").status()))
                .containsOnly(500);
    }

    @Test
    void everyCall_300MillisecondsLate() {
        Fault fault = admin.inject(NewFault.of(acme).delays(Duration.ofMillis(300)));
        long begin = System.nanoTime();

        Answer answer = createUser("ada@example.com");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(300));
        AnswerAssert.assertThat(answer).hasStatus(201);
        assertThat(marks()).containsExactly(fault.id() + " Delayed the call by 300 ms");
    }

    @Test
    void answer_late() {
        Fault fault = admin.inject(NewFault.of(acme)
                .path("/Schemas")
                .delays(Duration.ofMillis(120))
                .afterwards());
        long begin = System.nanoTime();

        Answer answer = scim.get("/Schemas");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofMillis(120));
        AnswerAssert.assertThat(answer).hasStatus(200);
        assertThat(answer.resources()).isNotEmpty();
        assertThat(marks()).containsExactly(fault.id() + " Delayed the answer by 120 ms");
    }

    @Test
    void connectionReset_afterTheWriteWasCommitted() {
        Fault fault = admin.inject(NewFault.of(acme)
                .on("POST", "/Users")
                .times(1)
                .resetsConnection()
                .afterwards());

        assertThatThrownBy(() -> sendUser("ada@example.com"))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");

        assertThat(scim.get("/Users").resources())
                .extracting(user -> user.path("userName").asString())
                .containsExactly("ada@example.com");
        Call call = admin.journal(JournalQuery.of(acme).method("POST")).getFirst();
        assertThat(call.status()).isNull();
        assertThat(call.response().isNull()).isTrue();
        assertThat(call.body().path("userName").asString()).isEqualTo("ada@example.com");
        assertThat(call.rules()).contains("default-license");
        assertThat(call.faults())
                .containsExactly(new Call.FaultMark(
                        fault.id(), "Reset the connection instead of answering 201, after the call was handled"));
        // What a client does that tries again.
        AnswerAssert.assertThat(createUser("ada@example.com")).hasStatus(409);
    }

    @Test
    void connectionReset_beforeTheCall() {
        Fault fault =
                admin.inject(NewFault.of(acme).on("POST", "/Users").times(1).resetsConnection());

        assertThatThrownBy(() -> sendUser("ada@example.com"))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("reset");

        assertThat(scim.get("/Users").resources()).isEmpty();
        Call call = admin.journal(JournalQuery.of(acme).method("POST")).getFirst();
        assertThat(call.status()).isNull();
        assertThat(call.body().path("userName").asString()).isEqualTo("ada@example.com");
        assertThat(call.faults())
                .containsExactly(new Call.FaultMark(fault.id(), "Reset the connection instead of handling the call"));
        AnswerAssert.assertThat(createUser("ada@example.com")).hasStatus(201);
    }

    @Test
    void connectionReset_ofAConnectionInUse_andOfALongAnswer() throws IOException {
        admin.inject(NewFault.of(acme).on("GET", "/Schemas").resetsConnection().afterwards());
        try (RawHttp connection = new RawHttp(port)) {
            connection.send(request("GET", "/Users", ""));
            assertThat(connection.receive().status()).isEqualTo(200);
            connection.send(request("GET", "/ServiceProviderConfig", ""));
            assertThat(connection.receive().status()).isEqualTo(200);

            connection.send(request("GET", "/Schemas", ""));

            assertThatThrownBy(connection::receive).isInstanceOf(SocketException.class);
        }
        // The next connection may get what Tomcat has kept of the one before.
        assertThat(RawHttp.exchange(port, request("GET", "/Users", "")).status())
                .isEqualTo(200);
    }

    @Test
    void connectionReset_leavesNoConnectionBehind() {
        admin.inject(NewFault.of(acme).on("POST", "/Users").resetsConnection());
        AbstractProtocol<?> tomcat =
                (AbstractProtocol<?>) ((TomcatWebServer) ((WebServerApplicationContext) context).getWebServer())
                        .getTomcat()
                        .getConnector()
                        .getProtocolHandler();
        long before = tomcat.getConnectionCount();

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> sendUser("ada@example.com")).isInstanceOf(SocketException.class);
        }

        await().until(() -> tomcat.getConnectionCount() <= before);
        AnswerAssert.assertThat(scim.get("/Users")).hasStatus(200);
    }

    @Test
    void errorAfterTheWriteWasCommitted() {
        Fault fault = admin.inject(NewFault.of(acme)
                .on("POST", "/Users")
                .times(1)
                .answers(503)
                .detail("Upstream is away")
                .retryAfter(Duration.ofSeconds(7))
                .afterwards());

        Answer answer = createUser("ada@example.com");

        AnswerAssert.assertThat(answer).isError(503, "Upstream is away");
        assertThat(answer.rules()).contains("default-license");
        assertThat(answer.header("Retry-After")).isEqualTo("7");
        assertThat(answer.header("Location")).isNull();
        assertThat(answer.header("X-Miro-Fault")).isEqualTo(fault.id());
        assertThat(scim.get("/Users").resources()).hasSize(1);
        Call call = admin.journal(JournalQuery.of(acme).method("POST")).getFirst();
        assertThat(call.status()).isEqualTo(503);
        assertThat(call.response().path("detail").asString()).isEqualTo("Upstream is away");
        assertThat(call.faults())
                .containsExactly(new Call.FaultMark(
                        fault.id(),
                        "Answered 503 with Retry-After 7 instead of answering 201, after the call was handled"));
    }

    @Test
    void errorAfterWhatIsRefusedAnyway() {
        admin.inject(NewFault.of(acme).on("GET", "/Users/*").answers(502).afterwards());

        AnswerAssert.assertThat(scim.get("/Users/1")).isError(502, "Bad Gateway");

        assertThat(admin.journal(JournalQuery.of(acme)).getFirst().faults())
                .extracting(Call.FaultMark::did)
                .containsExactly("Answered 502 instead of answering 404, after the call was handled");
    }

    /** Spring Security's firewall answers by itself. */
    @Test
    void answerOfTheFirewall_lateAndReplaced() {
        admin.inject(NewFault.of(acme)
                .on("GET", "/Users")
                .delays(Duration.ofMillis(1))
                .afterwards());
        AnswerAssert.assertThat(scim.get("/Users/1;x=y")).isError(400, "Bad Request");
        admin.inject(NewFault.of(acme).on("GET", "/Users").answers(502).afterwards());

        AnswerAssert.assertThat(scim.get("/Users/1;x=y")).isError(502, "Bad Gateway");
    }

    @Test
    void errorBeforeTheCall_isInTheJournalOfTheOrganization() {
        Fault fault = admin.inject(NewFault.of(acme)
                .on("POST", "/Users")
                .answers(400)
                .scimType("invalidValue")
                .detail("No"));

        AnswerAssert.assertThat(createUser("ada@example.com")).isError(400, "invalidValue", "No");

        assertThat(scim.get("/Users").resources()).isEmpty();
        assertThat(admin.journal(JournalQuery.of(acme).method("POST")))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.organization()).isEqualTo(acme.id());
                    assertThat(call.status()).isEqualTo(400);
                    assertThat(call.body().path("userName").asString()).isEqualTo("ada@example.com");
                    assertThat(call.faults())
                            .containsExactly(
                                    new Call.FaultMark(fault.id(), "Answered 400 instead of handling the call"));
                });
    }

    @Test
    void rest_inItsOwnWords() {
        RestClient rest = new RestClient(port, String.valueOf(acme.restToken()));
        String teams = "/v2/orgs/" + acme.id() + "/teams";
        admin.inject(NewFault.of(acme)
                .on("GET", "/v2/orgs/*/teams")
                .times(1)
                .answers(429)
                .retryAfter(Duration.ofSeconds(2)));
        admin.inject(NewFault.of(acme)
                .plane("rest")
                .method("POST")
                .times(1)
                .answers(500)
                .afterwards());

        Answer tooMany = rest.get(teams);
        Answer broken = rest.post(teams, "{\"name\": \"Design\"}");

        assertThat(tooMany.status()).isEqualTo(429);
        assertThat(tooMany.header("Retry-After")).isEqualTo("2");
        assertThat(tooMany.header("X-RateLimit-Limit")).isEqualTo("100000");
        assertThat(tooMany.headers().allValues("X-RateLimit-Remaining")).containsExactly("0");
        assertThat(tooMany.text())
                .isEqualTo("{\"status\":429,\"code\":\"tooManyRequests\","
                        + "\"message\":\"Request rate limit exceed\",\"type\":\"error\"}");
        assertThat(broken.status()).isEqualTo(500);
        assertThat(broken.headers().allValues("X-RateLimit-Limit")).containsExactly("100000");
        assertThat(broken.headers().allValues("X-RateLimit-Remaining")).containsExactly("100000");
        assertThat(broken.body().path("code").asString()).isEqualTo("internalServerError");
        assertThat(rest.get(teams).body().path("data")).hasSize(1);
        assertThat(admin.journal(JournalQuery.of(acme).plane("rest").status("5xx,429")))
                .allSatisfy(call -> assertThat(call.faults()).hasSize(1))
                .hasSize(2);
    }

    @Test
    void anotherOrganization_isNotTouched() {
        Organization other = admin.createOrganization(NewOrganization.named("Other"));
        admin.inject(NewFault.of(acme).answers(503));

        AnswerAssert.assertThat(control.scim(other).get("/Users")).hasStatus(200);
        AnswerAssert.assertThat(scim.get("/Users")).hasStatus(503);
        AnswerAssert.assertThat(new ScimClient(port, "nobody-" + System.nanoTime()).get("/Users"))
                .hasStatus(401);
    }

    @Test
    void everybody_alsoThoseWhoAreNotLetIn_butNotTheControlApi() {
        String path = "/Groups/" + System.nanoTime();
        ScimClient stranger = new ScimClient(port, "nobody-" + System.nanoTime());
        Fault fault = admin.inject(NewFault.ofEverybody().path(path).answers(503));
        Fault everywhere = admin.inject(NewFault.ofEverybody().method("OPTIONS").answers(503));

        AnswerAssert.assertThat(stranger.get(path)).hasStatus(503);
        AnswerAssert.assertThat(scim.get(path)).hasStatus(503);

        AnswerAssert.assertThat(stranger.get("/Users")).hasStatus(401);
        assertThat(control.send("OPTIONS", "/faults", null).status()).isNotEqualTo(503);
        assertThat(admin.fault(fault.id()).hits()).isEqualTo(2);
        assertThat(admin.fault(everywhere.id()).hits()).isZero();
    }

    @Test
    void several_delaysAddUp_andTheOldestEndDecides() {
        Fault first = admin.inject(NewFault.of(acme).delays(Duration.ofMillis(30)));
        Fault second = admin.inject(NewFault.of(acme).times(1).answers(500));
        Fault third = admin.inject(NewFault.of(acme).times(1).answers(503).delays(Duration.ofMillis(20)));

        AnswerAssert.assertThat(scim.get("/Users")).hasStatus(500);
        AnswerAssert.assertThat(scim.get("/Users")).hasStatus(503);
        AnswerAssert.assertThat(scim.get("/Users")).hasStatus(200);

        assertThat(admin.journal(JournalQuery.of(acme)))
                .extracting(
                        call -> call.faults().stream().map(Call.FaultMark::id).toList())
                .containsExactly(
                        List.of(first.id()), List.of(first.id(), third.id()), List.of(first.id(), second.id()));
        assertThat(admin.journal(JournalQuery.of(acme))
                        .get(1)
                        .faults()
                        .getLast()
                        .did())
                .isEqualTo("Answered 503 instead of handling the call, 20 ms late");
    }

    @Test
    void times_areExactUnderConcurrency() throws Exception {
        Fault fault =
                admin.inject(NewFault.of(acme).on("GET", "/Users").times(20).answers(503));

        List<Integer> statuses =
                atOnce(Collections.nCopies(80, () -> scim.get("/Users").status()));

        assertThat(Collections.frequency(statuses, 503)).isEqualTo(20);
        assertThat(Collections.frequency(statuses, 200)).isEqualTo(60);
        assertThat(admin.fault(fault.id()).hits()).isEqualTo(20);
    }

    @Test
    void times_areCountedByAllInstancesTogether() throws Exception {
        InjectedFaults here = context.getBean(InjectedFaults.class);
        InjectedFaults there = new InjectedFaults(
                context.getBean(FaultStore.class), context.getBean(Planes.class), context.getBean(Clock.class));
        Fault fault = admin.inject(NewFault.of(acme).times(25).answers(503));
        Fault removed = admin.inject(NewFault.of(acme).delays(Duration.ofMillis(1)));
        there.follow();
        admin.removeFault(removed.id());

        List<Integer> taken = atOnce(IntStream.range(0, 100)
                .mapToObj(i -> (Callable<Integer>) () -> (i % 2 == 0 ? here : there)
                        .take(TokenKind.SCIM, "GET", "/api/v1/scim/Users", Long.valueOf(acme.id()))
                        .size())
                .toList());

        assertThat(taken.stream().mapToInt(Integer::intValue).sum()).isEqualTo(25);
        assertThat(admin.fault(fault.id()).remaining()).isZero();
        assertThat(there.areNone()).isTrue();
    }

    @Test
    void withoutFaultsOfACall_theDatabaseIsNotAsked() {
        admin.inject(NewFault.of(acme).on("DELETE", "/Users").answers(503));
        scim.get("/Users");

        assertThat(Statements.of(() -> scim.get("/Users")))
                .extracting(Statements.Sent::sql)
                .noneMatch(sql -> sql.contains("fault"));
    }

    @Test
    void expires_byTheClock() {
        try {
            Instant newYear = Instant.parse("2031-01-01T00:00:00Z");
            admin.setTime(NewTime.stoppedAt(newYear));
            Fault in = admin.inject(
                    NewFault.of(acme).on("GET", "/Users").answers(503).expiresIn(Duration.ofSeconds(30)));
            Fault at = admin.inject(
                    NewFault.of(acme).on("GET", "/Groups").answers(503).expiresAt(newYear.plusSeconds(60)));
            assertThat(in.expiresAt()).isEqualTo(newYear.plusSeconds(30));

            admin.setTime(NewTime.stoppedAt(newYear.plusSeconds(29)));
            AnswerAssert.assertThat(scim.get("/Users")).hasStatus(503);
            AnswerAssert.assertThat(scim.get("/Groups")).hasStatus(503);
            admin.setTime(NewTime.stoppedAt(newYear.plusSeconds(30)));
            AnswerAssert.assertThat(scim.get("/Users")).hasStatus(200);
            AnswerAssert.assertThat(scim.get("/Groups")).hasStatus(503);
            admin.setTime(NewTime.stoppedAt(newYear.plusSeconds(60)));
            AnswerAssert.assertThat(scim.get("/Groups")).hasStatus(200);

            assertThat(admin.faults(acme.id())).extracting(Fault::hits).containsExactly(1L, 2L);
            // A day later those are forgotten that are over, at the next occasion.
            admin.setTime(NewTime.stoppedAt(newYear.plus(Duration.ofDays(2))));
            Fault last = admin.inject(NewFault.of(acme).answers(503));
            assertThat(admin.faults(acme.id())).extracting(Fault::id).containsExactly(last.id());
            assertThat(at.when()).isEqualTo("before");
        } finally {
            admin.resetTime();
        }
    }

    @Test
    void listAndRemove() {
        Organization other = admin.createOrganization(NewOrganization.named("Other"));
        Control.Answer created = control.post("/faults", """
                {"organization": "%s", "plane": "scim", "method": "post, patch", "path": "/Users", "times": 2,
                 "probability": 0.5, "status": 409, "scimType": "uniqueness", "detail": "Taken", "retryAfter": 1,
                 "delayMs": 5, "when": "after", "expiresIn": "1h"}
                """.formatted(acme.id()));
        Fault theirs = admin.inject(NewFault.of(other).resetsConnection());
        String id = created.body().path("id").asString();

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.headers().firstValue("Location")).contains("/emulator/faults/" + id);
        assertThat(admin.fault(id))
                .isEqualTo(new Fault(
                        id,
                        acme.id(),
                        "scim",
                        "POST,PATCH",
                        "/Users",
                        2,
                        2,
                        0.5,
                        409,
                        "uniqueness",
                        "Taken",
                        1,
                        5L,
                        "after",
                        null,
                        Instant.parse(created.body().path("expiresAt").asString()),
                        0));
        assertThat(admin.faults()).extracting(Fault::id).contains(id, theirs.id());
        assertThat(admin.faults(acme.id())).extracting(Fault::id).containsExactly(id);
        assertThat(theirs.connection()).isEqualTo("reset");
        assertThat(control.get("/faults/" + theirs.id()).text())
                .isEqualTo(
                        "{\"id\":\"%s\",\"organization\":\"%s\",\"probability\":1.0,\"when\":\"before\",\"connection\":\"reset\",\"hits\":0}"
                                .formatted(theirs.id(), other.id()));

        admin.removeFaults(other.id());
        assertThat(admin.faults(other.id())).isEmpty();
        assertThat(control.delete("/faults/" + id).status()).isEqualTo(204);
        assertThat(control.delete("/faults/" + id).status()).isEqualTo(404);
        assertThat(control.get("/faults/" + id).detail()).isEqualTo("There is no fault " + id);
        AnswerAssert.assertThat(createUser("ada@example.com")).hasStatus(201);
    }

    @Test
    void endsWithItsOrganization() {
        Fault fault = admin.inject(NewFault.of(acme).answers(503));

        admin.deleteOrganization(acme.id());

        assertThatThrownBy(() -> admin.fault(fault.id())).isInstanceOf(HttpClientErrorException.NotFound.class);
        AnswerAssert.assertThat(scim.get("/Users")).hasStatus(401);
    }

    @Test
    void pathOfManySteps_isNoTrouble() {
        admin.inject(NewFault.of(acme).path("/**/x/**/y").answers(503));

        AnswerAssert.assertThat(scim.get("/a".repeat(8_000))).hasStatus(404);
        AnswerAssert.assertThat(scim.get("/x/x/x/y")).hasStatus(503);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                       | status: a fault needs at least one of status, delayMs and connection
            {"method": "GET"}                        | status: a fault needs at least one of status, delayMs and connection
            {"status": 200}                          | status: '200' is not an HTTP error status such as 429 or 503
            {"status": 599}                          | status: '599' is not an HTTP error status such as 429 or 503
            {"status": "many"}                       | the body, line 1: status: 'many' is not a whole number
            {"status": 500, "times": 0}              | times: '0' is not between 1 and 1000000000
            {"status": 500, "times": 1.5}            | the body, line 1: times: '1.5' is not a whole number
            {"status": 500, "probability": 10}       | probability: '10.0' is not between 0 and 1
            {"status": 500, "probability": "often"}  | the body, line 1: probability: 'often' is not a number
            {"status": 500, "method": "PATHC"}       | method: 'PATHC' is not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE
            {"status": 500, "method": "GET,"}        | method: '' is not one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, TRACE
            {"status": 500, "path": "/Users?x"}      | path: '/Users?x' has a query, but faults only match paths
            {"status": 500, "path": "/emulator/x"}   | path: '/emulator/x' belongs to the control API, on which faults do not act
            {"status": 500, "path": "**/a/**/b/**"}  | path: '**/a/**/b/**' has more than two '**'
            {"status": 500, "path": " "}             | path: '' must have 1 to 200 characters
            {"status": 500, "organization": "acme"}  | organization: there is no organisation 'acme'
            {"status": 500, "organization": 17}      | organization: there is no organisation '17'
            {"status": 500, "plane": "web"}          | the body, line 1: plane: 'web' is not one of SCIM, REST
            {"status": 500, "when": "during"}        | the body, line 1: when: 'during' is not one of before, after
            {"connection": "close"}                  | the body, line 1: connection: 'close' is not one of reset
            {"connection": "reset", "status": 500}   | connection: a fault cannot both answer with status 500 and reset the connection
            {"delayMs": 0}                           | delayMs: '0' is not between 1 and 300000
            {"delayMs": 9000000000}                  | delayMs: '9000000000' is not between 1 and 300000
            {"delayMs": 1, "retryAfter": 2}          | retryAfter: '2' needs a status, which is missing
            {"delayMs": 1, "scimType": "x"}          | scimType: 'x' needs a status, which is missing
            {"status": 429, "retryAfter": -1}        | retryAfter: '-1' is not between 0 and 86400
            {"status": 400, "scimType": ""}          | scimType: it has 0 characters; at least 1 and at most 60 are allowed
            {"status": 500, "expiresIn": "30"}       | expiresIn: '30' is not a duration of at most 366d, such as 30s or PT5M
            {"status": 500, "expiresIn": "-1s"}      | expiresIn: '-1s' is not a duration of at most 366d, such as 30s or PT5M
            {"status": 500, "expiresAt": "tomorrow"} | expiresAt: 'tomorrow' is not a time within a year, such as 2026-03-01T09:00:00Z
            {"status": 500, "expiresIn": "1s", "expiresAt": "x"} | expiresAt: it cannot be combined with expiresIn '1s'
            {"stauts": 500}                          | the body, line 1: stauts: unknown field; did you mean 'status'?
            """)
    void mistakes(String body, String detail) {
        Control.Answer answer = control.post("/faults", body);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo(detail);
    }

    @Test
    void mistake_ofATimeThatIsOver() {
        assertThat(control.post("/faults", "{\"status\": 500, \"expiresAt\": \"2020-01-01T00:00:00Z\"}")
                        .detail())
                .startsWith("expiresAt: '2020-01-01T00:00:00Z' is over: it is ");
    }

    private String group(String name) {
        admin.createTeam(acme.id(), Team.named(name));
        return scim.get("/Groups").resources().getFirst().path("id").asString();
    }

    private Answer rename(String group, String name) {
        return scim.patchWith(
                "/Groups/" + group,
                "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"%s\"}".formatted(name));
    }

    private Answer createUser(String email) {
        return scim.post("/Users", user(email));
    }

    private static String user(String email) {
        return """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}
                """.formatted(email);
    }

    /** On a connection of its own: clients of HTTP may try again by themselves when a connection breaks. */
    private RawHttp.Answer sendUser(String email) throws IOException {
        return RawHttp.exchange(port, request("POST", "/Users", user(email)));
    }

    private String request(String method, String path, String body) {
        return """
                %s /api/v1/scim%s HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                Content-Type: application/scim+json
                Content-Length: %d

                """.formatted(method, path, acme.scimToken(), body.strip().getBytes(StandardCharsets.UTF_8).length)
                + body.strip();
    }

    /** What the faults did to the last call. */
    private List<String> marks() {
        return admin.journal(JournalQuery.of(acme)).getFirst().faults().stream()
                .map(mark -> mark.id() + " " + mark.did())
                .toList();
    }

    private static <T> List<T> atOnce(List<? extends Callable<T>> work) throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> future : threads.invokeAll(work)) {
                results.add(future.get());
            }
            return results;
        }
    }
}

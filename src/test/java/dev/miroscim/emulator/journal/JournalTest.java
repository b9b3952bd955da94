package dev.miroscim.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.http.Planes;
import dev.miroscim.testkit.Call;
import dev.miroscim.testkit.JournalQuery;
import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.NewToken;
import dev.miroscim.testkit.Organization;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockFilterChain;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.util.unit.DataSize;

@MiroScimTest
@Isolated("empties the whole journal")
class JournalTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    @Autowired
    Planes planes;

    @Autowired
    Redaction redaction;

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

    @Test
    void entry_tellsTheCall() {
        createUser("ada@example.com");

        assertThat(admin.journal(JournalQuery.of(acme))).singleElement().satisfies(call -> {
            assertThat(call.organization()).isEqualTo(acme.id());
            assertThat(call.plane()).isEqualTo("scim");
            assertThat(call.method()).isEqualTo("POST");
            assertThat(call.path()).isEqualTo("/api/v1/scim/Users");
            assertThat(call.body().path("userName").asString()).isEqualTo("ada@example.com");
            assertThat(call.status()).isEqualTo(201);
            assertThat(call.response().path("userName").asString()).isEqualTo("ada@example.com");
            assertThat(call.durationMs()).isPositive();
            assertThat(call.client().userAgent()).startsWith("Java-http-client");
            assertThat(call.client().address()).isNotBlank();
            assertThat(call.notes()).allSatisfy(note -> {
                assertThat(note.sentence()).isNotBlank();
                assertThat(note.source()).startsWith("https://");
            });
            assertThat(call.rules()).contains("default-license");
        });
    }

    /** Of which the answer's body says nothing. */
    @Test
    void entry_namesTheScopeThatATokenLacks() {
        String token = admin.generateToken(acme.id(), NewToken.rest("organizations:teams:read"))
                .token();
        new RestClient(control.port(), String.valueOf(token)).get("/v2/orgs/" + acme.id());

        assertThat(admin.journal(JournalQuery.of(acme)).getFirst().notes())
                .singleElement()
                .satisfies(note -> {
                    assertThat(note.rule()).isEqualTo("token-scopes");
                    assertThat(note.sentence()).isEqualTo("The token lacks the scope organizations:read");
                });
    }

    /** Of which the answer's body says nothing either. */
    @Test
    void entry_saysWhyAMethodIsNotAllowed() {
        scim.put("/Groups/1", "{}");

        assertThat(admin.journal(JournalQuery.of(acme)).getFirst().notes())
                .extracting(Call.Note::rule, Call.Note::sentence)
                .containsExactly(
                        tuple("groups-not-replaced", "Groups are not replaced over SCIM: change them by PATCH"));
    }

    @Test
    void entry_ofQueriesAndLongAnswers() {
        createUser("ada@example.com");
        scim.get("/Users?filter=userName eq \"ada@example.com\"&count=3");
        scim.get("/Schemas");

        List<Call> calls = admin.journal(JournalQuery.of(acme).method("GET"));

        assertThat(calls.get(1).query()).isEqualTo("filter=userName eq \"ada@example.com\"&count=3");
        assertThat(calls.get(1).response().path("totalResults").asInt()).isEqualTo(1);
        assertThat(calls.get(0).response().isString() || calls.get(0).response().isObject())
                .isTrue();
    }

    @Test
    void entry_ofWhoWasNotLetIn() {
        String token = "wrong-token-" + System.nanoTime();
        ScimClient stranger =
                new ScimClient(context.getEnvironment().getRequiredProperty("local.server.port", Integer.class), token);
        Call before = last();

        stranger.post("/Users", "{\"userName\":\"" + token + "@example.com\",\"password\":\"Secret 1\"}");

        assertThat(admin.journal(JournalQuery.all().status("401").after(before)))
                .singleElement()
                .satisfies(call -> {
                    assertThat(call.organization()).isNull();
                    assertThat(call.rules()).containsExactly("token-opens-organization");
                    assertThat(call.toString()).doesNotContain(token);
                });
    }

    @Test
    void entry_hasNoSecret() {
        scim.post("/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.com",
                 "password": "Pa55word", "displayName": "%s"}
                """.formatted(acme.restToken()));
        scim.patchWith("/Users/1", "{\"op\": \"Replace\", \"path\": \"password\", \"value\": \"Pa55word\"}");
        scim.get("/Users?access_token=" + acme.scimToken());
        scim.get("/Users?filter=userName eq \"" + acme.scimToken() + "\"");
        admin.journal(JournalQuery.of(acme).until(4));

        String stored = String.join(
                "\n",
                database.sql("select journal::text from journal where organization_id = ?")
                        .param(Long.valueOf(acme.id()))
                        .query(String.class)
                        .list());

        assertThat(stored)
                .contains("[redacted]")
                .doesNotContain("Pa55word", String.valueOf(acme.scimToken()), String.valueOf(acme.restToken()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "?password=Pa55word",
                "?PASSWORD=Pa55word",
                "?p%61ssword=Pa55word",
                "?password=Pa55%26word&a=b",
                "?a=%zz&password=Pa55word",
                "?code=Pa55word",
                "?authorization_code=Pa55word&state=1",
                "?client_secret=Pa55word",
                "?clientSecret=Pa55word",
                "?access_token=Pa55word",
                "?refresh_token=Pa55word",
                "?token=Pa55word",
                "?api_key=Pa55word",
                "?x-api-key=Pa55word",
                "?apikey=Pa55word",
                "?client_assertion=Pa55word",
                "?otp=Pa55word",
                ";password=Pa55word",
                "/x;code=Pa55word/y"
            })
    void entry_hasNoSecretOfAnAddress(String end) {
        String kept = end.startsWith("?") ? redaction.query(end.substring(1), null) : redaction.path(end, null);

        assertThat(kept).contains("[redacted]").doesNotContain("Pa55", "word&", "word/");
    }

    @Test
    void entry_hasNoSecretOfAQuery() throws IOException {
        RawHttp.exchange(
                control.port(),
                "GET /api/v1/scim/Users?p%%61ssword=Pa55%%26word&code=Pa55word HTTP/1.1\nHost: localhost\nAuthorization: Bearer %s\n\n"
                        .formatted(acme.scimToken()));

        assertThat(admin.journal(JournalQuery.of(acme).until(1)).getFirst().query())
                .isEqualTo("password=[redacted]&code=[redacted]");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "grant_type=authorization_code&code=Pa55word&client_secret=Pa55word",
                "password=Pa55word",
                "{\"grant_type\": \"authorization_code\", \"code\": \"Pa55word\", \"client_id\": \"1\"}",
                "{\"apiKey\": \"Pa55word\", \"refresh_token\": \"Pa55word\", \"Passwd\": [\"Pa55word\"]}"
            })
    void entry_hasNoSecretOfABody(String body) {
        assertThat(redaction.body(body, null)).contains("[redacted]").doesNotContain("Pa55word");
    }

    /** An error has a code that nothing is to be kept from. */
    @Test
    void entry_hasTheCodeOfAnError() {
        String error = "{\"status\":404,\"code\":\"notFound\",\"message\":\"Nothing\",\"type\":\"error\"}";

        assertThat(redaction.body(error, null)).isEqualTo(error);
        assertThat(redaction.body("x=1&y=2", null)).isEqualTo("x=1&y=2");
        assertThat(redaction.query("filter=a%20eq%20%22b%22&count=5", null)).isEqualTo("filter=a eq \"b\"&count=5");
    }

    @Test
    void filters_byPlane() {
        scim.get("/Users");
        new RestClient(control.port(), String.valueOf(acme.restToken())).get("/v2/orgs/" + acme.id());

        assertThat(admin.journal(JournalQuery.of(acme).plane("rest")))
                .extracting(Call::plane, Call::path)
                .containsExactly(tuple("rest", "/v2/orgs/" + acme.id()));
        assertThat(admin.journal(JournalQuery.of(acme).plane("scim")))
                .extracting(Call::plane, Call::path)
                .containsExactly(tuple("scim", "/api/v1/scim/Users"));
    }

    @Test
    void filters() {
        createUser("ada@example.com");
        createUser("ada@example.com");
        scim.get("/Users");
        scim.get("/Groups");
        scim.get("/Groups/1");

        assertThat(statuses(JournalQuery.of(acme))).containsExactly(404, 200, 200, 409, 201);
        assertThat(statuses(JournalQuery.of(acme).method("POST,DELETE"))).containsExactly(409, 201);
        assertThat(statuses(JournalQuery.of(acme).status("4xx"))).containsExactly(404, 409);
        assertThat(statuses(JournalQuery.of(acme).status("201,404"))).containsExactly(404, 201);
        assertThat(statuses(JournalQuery.of(acme).path("/Groups"))).containsExactly(404, 200);
        assertThat(statuses(JournalQuery.of(acme).path("/Groups/*"))).containsExactly(404);
        assertThat(statuses(JournalQuery.of(acme).path("/api/v1/scim/Users"))).containsExactly(200, 409, 201);
        assertThat(statuses(JournalQuery.of(acme).rule("user-name-unique"))).containsExactly(409);
        assertThat(statuses(JournalQuery.of(acme).limit(2))).containsExactly(404, 200);
        List<Call> calls = admin.journal(JournalQuery.of(acme));
        assertThat(statuses(JournalQuery.of(acme).after(calls.get(3)))).containsExactly(404, 200, 200);
        assertThat(statuses(JournalQuery.of(acme).since(calls.get(1).time()))).containsExactly(404, 200);
    }

    @Test
    void aJournalThatIsSwitchedOff_watchesNobody() throws Exception {
        assertThat(watched(true)).isEqualTo(1);
        assertThat(watched(false)).isZero();
    }

    private long watched(boolean enabled) throws Exception {
        JournalProperties properties = new JournalProperties(
                enabled, 100, Duration.ofHours(1), DataSize.ofKilobytes(1), DataSize.ofKilobytes(10));
        JournalQueue queue = new JournalQueue(properties);
        new JournalFilter(planes, queue, properties)
                .doFilter(
                        new MockHttpServletRequest("GET", "/api/v1/scim/Users"),
                        new MockHttpServletResponse(),
                        new MockFilterChain());
        return queue.accepted();
    }

    @Test
    void mistakes() {
        assertThat(control.get("/journal?status=4x").detail())
                .isEqualTo("status: '4x' is not a status such as 409 or 4xx");
        assertThat(control.get("/journal?status=,").detail()).isEqualTo("status: ',' names none");
        assertThat(control.get("/journal?method=,").status()).isEqualTo(400);
        assertThat(control.get("/journal?path=%00").status()).isEqualTo(400);
        assertThat(control.get("/journal?since=%2B999999999-01-01T00:00:00Z").status())
                .isEqualTo(400);
        assertThat(control.get("/journal?rule=nix").status()).isEqualTo(400);
        assertThat(control.get("/journal?plane=nix").status()).isEqualTo(400);
        assertThat(control.get("/journal?organization=nix").status()).isEqualTo(400);
        assertThat(control.get("/journal?since=yesterday").status()).isEqualTo(400);
        assertThat(control.get("/journal?until=3").status()).isEqualTo(400);
        assertThat(control.get("/journal?until=count:1&timeout=1h").status()).isEqualTo(400);
        assertThat(control.get("/journal?limit=2000").status()).isEqualTo(400);
        assertThat(control.get("/journal?limit=x").status()).isEqualTo(400);
    }

    @Test
    void until_waits() {
        CompletableFuture<List<Call>> waiting = CompletableFuture.supplyAsync(
                () -> admin.journal(JournalQuery.of(acme).path("/Groups").until(3, Duration.ofSeconds(30))));
        for (int i = 0; i < 3; i++) {
            scim.get("/Users");
            scim.get("/Groups");
        }

        assertThat(waiting.join()).hasSize(3);
        assertThat(admin.journal(JournalQuery.of(acme).until(100, Duration.ofMillis(50))))
                .hasSize(6);
    }

    @Test
    void delete_onlyWhatIsMeant() {
        Organization other = admin.createOrganization(NewOrganization.named("Other"));
        control.scim(other).get("/Users");
        scim.get("/Users");
        createUser("nobody");
        scim.get("/Groups/1");
        scim.get("/Groups");
        scim.get("/Users?count=1");
        scim.get("/Users?count=2");
        List<Call> calls = admin.journal(JournalQuery.of(acme));

        admin.deleteJournal(JournalQuery.of(acme).rule("user-name-is-email"));
        assertThat(statuses(JournalQuery.of(acme))).containsExactly(200, 200, 200, 404, 200);
        admin.deleteJournal(JournalQuery.of(acme).status("404"));
        assertThat(statuses(JournalQuery.of(acme))).containsExactly(200, 200, 200, 200);
        admin.deleteJournal(JournalQuery.of(acme).path("/Groups"));
        admin.deleteJournal(JournalQuery.of(acme).plane("rest"));
        admin.deleteJournal(JournalQuery.of(acme).method("PATCH"));
        assertThat(queries()).containsExactly("count=2", "count=1", null);
        admin.deleteJournal(JournalQuery.of(acme).after(calls.get(1)));
        assertThat(queries()).containsExactly("count=1", null);
        admin.deleteJournal(JournalQuery.of(acme).since(calls.get(1).time()));
        assertThat(queries()).hasSize(1).containsOnlyNulls();
        admin.deleteJournal(JournalQuery.of(acme));
        assertThat(queries()).isEmpty();
        assertThat(admin.journal(JournalQuery.of(other))).hasSize(1);
    }

    @Test
    void delete_everything() {
        scim.get("/Users");
        admin.journal(JournalQuery.of(acme).until(1));

        admin.deleteJournal(JournalQuery.all());

        assertThat(queries()).isEmpty();
        scim.get("/Groups?count=1");
        assertThat(queries()).containsExactly("count=1");
    }

    private List<String> queries() {
        return admin.journal(JournalQuery.of(acme)).stream().map(Call::query).toList();
    }

    private List<Integer> statuses(JournalQuery query) {
        return admin.journal(query).stream().map(Call::status).toList();
    }

    private Call last() {
        scim.get("/Users");
        return admin.journal(JournalQuery.of(acme)).getFirst();
    }

    private void createUser(String email) {
        scim.post("/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}
                """.formatted(email));
    }
}

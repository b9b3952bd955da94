package dev.miroscim.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Campaign;
import dev.miroscim.Control;
import dev.miroscim.EventStream;
import dev.miroscim.MiroScimTest;
import dev.miroscim.OwnDatabase;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.testkit.Call;
import dev.miroscim.testkit.Fault;
import dev.miroscim.testkit.JournalQuery;
import dev.miroscim.testkit.NewFault;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.NewTime;
import dev.miroscim.testkit.NewToken;
import dev.miroscim.testkit.Organization;
import dev.miroscim.testkit.Person;
import dev.miroscim.testkit.Token;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** Two instances of the program over one database behave as one, also while that database does not take the journal. */
@Campaign
@MiroScimTest
class TwoInstancesTest {

    private static OwnDatabase database;
    private static List<ConfigurableApplicationContext> instances;
    private static Control one;
    private static Control two;

    private Organization acme;

    @BeforeAll
    static void startTwoInstances() throws SQLException {
        database = OwnDatabase.create("two_instances");
        instances = List.of(database.start(), database.start());
        one = Control.of(instances.getFirst());
        two = Control.of(instances.getLast());
    }

    @AfterAll
    static void stop() throws SQLException {
        instances.forEach(ConfigurableApplicationContext::close);
        database.drop();
    }

    @BeforeEach
    void makeOrganization() {
        acme = one.admin().createOrganization(NewOrganization.named("Acme"));
    }

    @Test
    void anOrganizationIsThereOnBothAtOnce() {
        one.admin().addPerson(acme.id(), Person.member("ada@example.com"));

        assertThat(two.scim(acme).get("/Users").body().path("totalResults").asInt())
                .isEqualTo(1);
        assertThat(rest(two).get("/v2/orgs/" + acme.id()).status()).isEqualTo(200);
        assertThat(two.admin().organization(acme.id()).name()).isEqualTo("Acme");
        two.admin().deleteOrganization(acme.id());
        assertThat(one.admin().organizations()).extracting(Organization::id).doesNotContain(acme.id());
        await().until(() -> one.scim(acme).get("/Users").status() == 401);
    }

    @Test
    void settingsAndTokensReachTheOtherWithinSeconds() {
        ScimClient onTwo = two.scim(acme);
        assertThat(onTwo.get("/Users").status()).isEqualTo(200);

        one.admin().changeSettings(acme.id(), Map.of("scimEnabled", false));
        await().until(() -> onTwo.get("/Users").status() == 403);
        one.admin().changeSettings(acme.id(), Map.of("scimEnabled", true));
        Token regenerated = one.admin().generateToken(acme.id(), NewToken.scim());

        await().until(() -> onTwo.get("/Users").status() == 401);
        assertThat(two.admin().tokens(acme.id())).extracting(Token::id).contains(regenerated.id());
    }

    @Test
    void aTokenThatIsRevokedOnOne_endsOnTheOtherWithinSeconds() {
        RestClient onTwo = rest(two);
        assertThat(onTwo.get("/v1/oauth-token").status()).isEqualTo(200);

        assertThat(rest(one)
                        .post("/v1/oauth/revoke?access_token=" + onTwo.token(), null)
                        .status())
                .isEqualTo(204);

        assertThat(rest(one).get("/v1/oauth-token").status()).isEqualTo(401);
        await().until(() -> onTwo.get("/v1/oauth-token").status() == 401);
    }

    @Test
    void eachHasTheJournalOfBoth() {
        one.scim(acme).get("/Users?count=1");
        two.scim(acme).get("/Users?count=2");
        JournalQuery both = JournalQuery.of(acme).until(2);

        assertThat(one.admin().journal(both)).extracting(Call::query).containsExactlyInAnyOrder("count=1", "count=2");
        assertThat(two.admin().journal(both)).isEqualTo(one.admin().journal(both));

        two.admin().deleteJournal(JournalQuery.of(acme));
        assertThat(one.admin().journal(JournalQuery.of(acme))).isEmpty();
    }

    @Test
    void aStreamHasTheCallsOfBoth() throws InterruptedException {
        try (EventStream stream = two.stream("/journal/stream?organization=" + acme.id())) {
            stream.next();

            one.scim(acme).get("/Users?count=1");
            assertThat(stream.next().body().path("query").asString()).isEqualTo("count=1");
            two.scim(acme).get("/Users?count=2");
            assertThat(stream.next().body().path("query").asString()).isEqualTo("count=2");
        }
    }

    @Test
    void aFaultIsCountedByBothTogether() {
        Fault fault = one.admin()
                .inject(NewFault.of(acme).on("GET", "/Users").times(10).answers(503));
        Fault late = two.admin().inject(NewFault.of(acme).on("GET", "/Groups").answers(500));
        await().until(() -> one.scim(acme).get("/Groups").status() == 500);
        await().until(() -> two.admin().fault(fault.id()).remaining() == 10
                && two.scim(acme).get("/Users").status() == 503);

        List<Integer> statuses = IntStream.range(0, 60)
                .parallel()
                .mapToObj(i -> (i % 2 == 0 ? one : two).scim(acme).get("/Users").status())
                .toList();

        assertThat(Collections.frequency(statuses, 503)).isEqualTo(9);
        assertThat(two.admin().fault(fault.id()).hits()).isEqualTo(10);
        one.admin().removeFault(late.id());
        assertThat(two.scim(acme).get("/Groups").status()).isEqualTo(200);
        assertThat(two.admin().faults(acme.id())).extracting(Fault::id).containsExactly(fault.id());
    }

    @Test
    void theClockIsOne() {
        Instant newYear = Instant.parse("2031-01-01T00:00:00Z");

        one.admin().setTime(NewTime.stoppedAt(newYear));
        await().until(() -> two.admin().time().now().equals(newYear));
        assertThat(two.admin().createOrganization(NewOrganization.named("Late")).createdAt())
                .isEqualTo(newYear);

        two.admin().resetTime();
        await().until(() -> !one.admin().time().stopped());
    }

    @Test
    void noCallFails_whileTheJournalIsBroken() throws SQLException {
        database.execute("alter table journal_state rename to journal_gone");
        try {
            assertThat(calls(20)).containsOnly(200);
            assertThat(Integer.parseInt(one.get("/journal?organization=" + acme.id())
                            .headers()
                            .firstValue("X-Journal-Dropped")
                            .orElseThrow()))
                    .isGreaterThanOrEqualTo(20);
        } finally {
            database.execute("alter table journal_gone rename to journal_state");
        }

        assertThat(calls(1)).containsOnly(200);
        assertThat(one.admin().journal(JournalQuery.of(acme))).hasSize(1);
    }

    @Test
    void anOrganizationCanBeDeleted_whileTheJournalIsGone() throws SQLException {
        database.execute("alter table journal rename to journal_gone");
        try {
            one.admin().deleteOrganization(acme.id());
        } finally {
            database.execute("alter table journal_gone rename to journal");
        }

        assertThat(two.get("/organizations/" + acme.id()).status()).isEqualTo(404);
    }

    @Test
    void noCallWaits_whileTheJournalIsLockedOrFull() throws SQLException {
        database.execute("""
                create or replace function refuse() returns trigger language plpgsql as
                $$ begin raise exception 'could not extend file: No space left on device' using errcode = '53100'; end $$
                """);
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            other.createStatement().execute("lock table journal_state in access exclusive mode");
            assertThat(calls(10)).containsOnly(200);
            other.createStatement()
                    .execute(
                            "create trigger full_disk before insert on journal for each row execute function refuse()");
            other.commit();
            assertThat(calls(10)).containsOnly(200);
        } finally {
            database.execute("drop function refuse() cascade");
        }

        assertThat(one.admin().journal(JournalQuery.of(acme).until(20, Duration.ofSeconds(20))))
                .hasSize(20);
    }

    private List<Integer> calls(int count) {
        ScimClient scim = one.scim(acme);
        return IntStream.range(0, count)
                .mapToObj(_ -> scim.get("/Users").status())
                .toList();
    }

    private RestClient rest(Control instance) {
        return new RestClient(instance.port(), String.valueOf(acme.restToken()));
    }
}

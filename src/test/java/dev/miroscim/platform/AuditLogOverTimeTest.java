package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Campaign;
import dev.miroscim.Control;
import dev.miroscim.OwnDatabase;
import dev.miroscim.RestClient;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.NewTime;
import dev.miroscim.testkit.Organization;
import dev.miroscim.testkit.Person;
import dev.miroscim.testkit.Team;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** The audit log is one for all instances of the program, and forgets what is older than 90 days of its clock. */
@Campaign
class AuditLogOverTimeTest {

    private static OwnDatabase database;
    private static List<ConfigurableApplicationContext> instances;
    private static Control one;
    private static Control two;

    @BeforeAll
    static void startTwoInstances() throws SQLException {
        database = OwnDatabase.create("audit_log");
        instances = List.of(database.start(), database.start());
        one = Control.of(instances.getFirst());
        two = Control.of(instances.getLast());
    }

    @AfterAll
    static void stop() throws SQLException {
        instances.forEach(ConfigurableApplicationContext::close);
        database.drop();
    }

    @Test
    void bothInstances_haveTheEventsOfBoth() {
        Organization acme = one.admin().createOrganization(NewOrganization.named("Acme"));
        IntStream.range(0, 40)
                .parallel()
                .forEach(i -> (i % 2 == 0 ? one : two).admin().addPerson(acme.id(), Person.member(i + "@example.com")));

        List<String> ids = ids(events(one, acme, Instant.EPOCH));

        assertThat(ids).hasSize(40).doesNotHaveDuplicates();
        assertThat(ids(events(two, acme, Instant.EPOCH))).isEqualTo(ids);
    }

    /** Changes that lose a race are tried again, and what they did the first time never happened. */
    @Test
    void raceForOneName_isOneEvent() {
        Organization acme = one.admin().createOrganization(NewOrganization.named("Acme"));

        Set<Integer> statuses = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> (i % 2 == 0 ? one : two)
                        .scim(acme)
                        .post("/Users", "{\"userName\": \"ada@example.com\"}")
                        .status())
                .collect(Collectors.toSet());

        assertThat(statuses).containsExactlyInAnyOrder(201, 409);
        assertThat(events(two, acme, Instant.EPOCH)).hasSize(1);
    }

    @Test
    void after90Days_eventsAreGone() throws SQLException {
        Instant now = Instant.parse("2030-06-01T12:00:00Z");
        setTime(now);
        try {
            Organization acme = one.admin().createOrganization(NewOrganization.named("Acme"));
            one.admin().createTeam(acme.id(), Team.named("Design"));
            setTime(now.plus(Duration.ofDays(90)));
            assertThat(events(one, acme, Instant.EPOCH)).hasSize(1);
            assertThat(events(two, acme, now.plusSeconds(1))).isEmpty();

            setTime(now.plus(Duration.ofDays(90)).plusSeconds(1));
            assertThat(events(one, acme, Instant.EPOCH)).isEmpty();
            assertThat(stored(acme)).isEqualTo(1);
            two.admin().createTeam(acme.id(), Team.named("Sales"));
            assertThat(events(one, acme, Instant.EPOCH)).hasSize(1);
            assertThat(stored(acme)).as("what is too old goes with what comes").isEqualTo(1);

            one.admin().deleteOrganization(acme.id());
            assertThat(stored(acme)).isZero();
        } finally {
            one.admin().resetTime();
            await().until(() -> !two.admin().time().stopped());
        }
    }

    private static void setTime(Instant now) {
        one.admin().setTime(NewTime.stoppedAt(now));
        await().until(() -> two.admin().time().now().equals(now));
    }

    private static List<JsonNode> events(Control instance, Organization acme, Instant from) {
        RestClient rest = new RestClient(instance.port(), String.valueOf(acme.restToken()));
        return ok(rest.get("/v2/audit/logs?limit=500&createdBefore=2100-01-01T00:00:00.000Z&createdAfter=" + from), 200)
                .path("data")
                .valueStream()
                .toList();
    }

    private static List<String> ids(List<JsonNode> events) {
        return events.stream().map(event -> event.path("id").asString()).toList();
    }

    private static int stored(Organization acme) throws SQLException {
        try (Connection connection = database.connect();
                ResultSet rows = connection
                        .createStatement()
                        .executeQuery("select count(*) from audit_event where organization_id = " + acme.id())) {
            rows.next();
            return rows.getInt(1);
        }
    }
}

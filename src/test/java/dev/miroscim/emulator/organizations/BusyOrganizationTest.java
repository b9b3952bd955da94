package dev.miroscim.emulator.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.Control;
import dev.miroscim.OwnDatabase;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * What replaces or removes a whole organisation succeeds while clients write there, and they read only that something is
 * gone or taken.
 */
@Campaign
@Isolated("lets many clients call at once")
class BusyOrganizationTest {

    private static final int CLIENTS = 12;
    private static final int TIMES = 30;

    private static OwnDatabase database;
    private static List<ConfigurableApplicationContext> instances;

    @BeforeAll
    static void startTwoInstances() throws SQLException {
        database = OwnDatabase.create("busy_organization");
        String patience = "--spring.datasource.hikari.connection-timeout=20000";
        instances = List.of(database.start(patience), database.start(patience));
    }

    @AfterAll
    static void stop() throws SQLException {
        instances.forEach(ConfigurableApplicationContext::close);
        database.drop();
    }

    @Test
    void resets() throws Exception {
        Organization acme = organization("resets", "TEAMS");
        Object before = contents(acme);

        List<String> answers = whileClientsWrite(List.of(acme), round -> {
            Control.Answer reset = control(round).post("/organizations/%s/reset".formatted(acme.id()), "");
            assertThat(reset.status()).as(reset.text()).isEqualTo(204);
        });

        assertSane(answers);
        control(0).post("/organizations/%s/reset".formatted(acme.id()), "");
        assertThat(contents(acme)).isEqualTo(before);
    }

    /** Each of their writes takes something that the reset is about to put there. */
    @ParameterizedTest
    @ValueSource(strings = {"TEAMS", "USER_GROUPS"})
    void resets_whileWhatIsInTheSeedIsCreated(String groupModel) throws Exception {
        Organization acme = organization("hammered " + groupModel, groupModel);

        assertSane(whileClientsWrite(
                client -> {
                    ScimClient scim = control(client).scim(acme);
                    RestClient rest = new RestClient(control(client).port(), String.valueOf(acme.restToken()));
                    return switch (client % 4) {
                        case 0 -> scim.post("/Users", "{\"userName\": \"ada@example.com\"}");
                        case 1 -> scim.post("/Users", "{\"userName\": \"bob@example.com\"}");
                        case 2 -> rest.post("/v2/orgs/" + acme.id() + "/groups", "{\"name\": \"Staff\"}");
                        default -> rest.post("/v2/orgs/" + acme.id() + "/teams", "{\"name\": \"Design\"}");
                    };
                },
                round -> {
                    Control.Answer reset = control(round).post("/organizations/%s/reset".formatted(acme.id()), "");
                    assertThat(reset.status()).as(reset.text()).isEqualTo(204);
                }));
    }

    @Test
    void resets_whereGroupsAreUserGroups() throws Exception {
        Organization acme = organization("user-groups", "USER_GROUPS");

        assertSane(whileClientsWrite(List.of(acme), round -> {
            Control.Answer reset = control(round).post("/organizations/%s/reset".formatted(acme.id()), "");
            assertThat(reset.status()).as(reset.text()).isEqualTo(204);
        }));
    }

    /** They have the people in common. */
    @Test
    void resetsOfTwoOrganizations_inOneUniverse() throws Exception {
        Organization acme = organization("shared", "TEAMS");
        Organization globex = organization("shared", "TEAMS");

        assertSane(whileClientsWrite(List.of(acme, globex), round -> {
            Control.Answer reset = control(round / 2)
                    .post("/organizations/%s/reset".formatted((round % 2 == 0 ? acme : globex).id()), "");
            assertThat(reset.status()).as(reset.text()).isEqualTo(204);
        }));
    }

    @Test
    void imports() throws Exception {
        Organization acme = organization("imports", "TEAMS");

        assertSane(whileClientsWrite(List.of(acme), round -> {
            Control.Answer export = control(round).get("/organizations/%s/seed".formatted(acme.id()));
            assertThat(export.status()).as(export.text()).isEqualTo(200);
            Control.Answer imported = control(round + 1)
                    .put("/organizations/%s/seed".formatted(acme.id()), "{\"organizations\": [%s]}".formatted(SEED));
            assertThat(imported.status()).as(imported.text()).isEqualTo(204);
        }));
    }

    @Test
    void deletions() throws Exception {
        List<Organization> all = IntStream.range(0, 8)
                .mapToObj(number -> organization("deletions" + number / 2, "TEAMS"))
                .toList();

        List<String> answers = whileClientsWrite(all, round -> {
            if (round < all.size()) {
                Control.Answer deleted =
                        control(round).delete("/organizations/" + all.get(round).id());
                assertThat(deleted.status()).as(deleted.text()).isEqualTo(204);
            }
        });

        assertThat(answers)
                .filteredOn(answer -> !answer.matches("(?s)(200|201|204|400|401|404|409) .*"))
                .isEmpty();
    }

    private static final String SEED = """
            {"name": "Busy", "teams": [{"name": "Everyone", "default": true}, {"name": "Design"}],
             "people": [
               {"email": "root@example.com", "role": "companyAdmin"},
               {"email": "ada@example.com", "teams": ["Design"]},
               {"email": "bob@example.com", "teams": ["Design"]},
               {"email": "eve@example.com", "teams": ["Design"]}],
             "userGroups": [{"name": "Staff", "members": ["ada@example.com"], "teams": ["Design"]}],
             "boards": [{"name": "Plan", "team": "Design", "owner": "ada@example.com"}]}""";

    private interface Round {
        void run(int number);
    }

    private static void assertSane(List<String> answers) {
        assertThat(answers).hasSizeGreaterThan(100);
        assertThat(answers)
                .filteredOn(answer -> !answer.matches("(?s)(200|201|204|400|404|409) .*"))
                .isEmpty();
    }

    private interface Writer {
        ScimClient.Answer write(int client);
    }

    private static List<String> whileClientsWrite(List<Organization> organizations, Round round) throws Exception {
        Random random = new Random(1);
        return whileClientsWrite(
                client -> write(client, organizations.get(random.nextInt(organizations.size())), random), round);
    }

    /** Does something while many clients write, and returns what these read. */
    private static List<String> whileClientsWrite(Writer writer, Round round) throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        Queue<String> answers = new ConcurrentLinkedQueue<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writing = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                int client = i;
                writing.add(clients.submit(() -> {
                    while (!over.get()) {
                        ScimClient.Answer answer = writer.write(client);
                        answers.add(answer.status() + " " + answer.text());
                    }
                }));
            }
            try {
                for (int number = 0; number < TIMES; number++) {
                    round.run(number);
                }
            } finally {
                over.set(true);
            }
            for (Future<?> client : writing) {
                client.get();
            }
        }
        return List.copyOf(answers);
    }

    private static ScimClient.Answer write(int client, Organization organization, Random random) {
        ScimClient scim = control(client).scim(organization);
        RestClient rest = new RestClient(control(client).port(), String.valueOf(organization.restToken()));
        String rests = "/v2/orgs/" + organization.id();
        String person = any(scim.get("/Users?count=5"), random);
        String group = any(scim.get("/Groups?count=5"), random);
        return switch (random.nextInt(10)) {
            case 0 -> scim.delete("/Users/" + person);
            case 1 ->
                scim.post(
                        "/Users", "{\"userName\": \"%s@example.com\"}".formatted(random.nextBoolean() ? "ada" : "bob"));
            case 2 -> scim.post("/Users", "{\"userName\": \"new%d@example.com\"}".formatted(random.nextInt(20)));
            case 3 ->
                scim.patchWith(
                        "/Groups/" + group,
                        "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}".formatted(person));
            case 4 ->
                scim.patchWith(
                        "/Groups/" + group,
                        "{\"op\": \"remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}".formatted(person));
            case 5 ->
                scim.patchWith(
                        "/Users/" + person, "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"X\"}");
            case 6 ->
                scim.patchWith(
                        "/Users/" + person,
                        "{\"op\": \"replace\", \"path\": \"active\", \"value\": %s}".formatted(random.nextBoolean()));
            case 7 -> rest.post(rests + "/teams", "{\"name\": \"Team %d\"}".formatted(random.nextInt(5)));
            case 8 -> rest.post(rests + "/groups", "{\"name\": \"Group %d\"}".formatted(random.nextInt(5)));
            default ->
                rest.post(
                        rests + "/teams/" + group + "/members",
                        "{\"email\": \"new%d@example.com\"}".formatted(random.nextInt(20)));
        };
    }

    private static String any(ScimClient.Answer list, Random random) {
        List<String> ids = list.resources().stream()
                .map(resource -> resource.path("id").asString())
                .toList();
        return ids.isEmpty() ? "1" : ids.get(random.nextInt(ids.size()));
    }

    private static Organization organization(String universe, String groupModel) {
        return control(0)
                .admin()
                .createOrganization(NewOrganization.named("Busy")
                        .universe(universe)
                        .setting("groupModel", groupModel)
                        .seed(JsonMapper.shared().readValue(SEED, new TypeReference<Map<String, Object>>() {})));
    }

    private static Object contents(Organization organization) {
        return control(0)
                .get("/organizations/%s/seed?ids=true".formatted(organization.id()))
                .body();
    }

    private static Control control(int number) {
        return Control.of(instances.get(number % instances.size()));
    }
}

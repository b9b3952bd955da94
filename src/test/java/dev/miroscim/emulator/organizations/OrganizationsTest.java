package dev.miroscim.emulator.organizations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import dev.miroscim.testkit.Person;
import dev.miroscim.testkit.Team;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.client.HttpClientErrorException;

@MiroScimTest
class OrganizationsTest {

    private static final Map<String, Object> SEED = Map.of(
            "settings",
            Map.of("seats", Map.of("Full", 5), "customAdminRoles", List.of("Librarian")),
            "teams",
            List.of(
                    Map.of("name", "Everyone", "default", true),
                    Map.of("name", "Design", "securityGroup", "design-sync")),
            "people",
            List.of(
                    Map.of(
                            "email", "ada@example.com",
                            "name", "Ada Lovelace",
                            "role", "companyAdmin",
                            "adminRoles", List.of("Librarian"),
                            "teams", List.of("Everyone", Map.of("name", "Design", "role", "admin"))),
                    Map.of(
                            "email", "bob@example.com",
                            "name", "Bob van Dyk",
                            "givenName", "Bob",
                            "familyName", "Dyk",
                            "license", "Basic",
                            "manager", "ada@example.com",
                            "department", "Paper",
                            "teams", List.of("Design")),
                    Map.of(
                            "email",
                            "dan@example.com",
                            "active",
                            false,
                            "registered",
                            false,
                            "lastActivityAt",
                            "2026-03-01T09:00:00Z"),
                    Map.of("email", "gil@example.org", "role", "guest", "teams", List.of("Design"))),
            "userGroups",
            List.of(
                    Map.of(
                            "name",
                            "Readers",
                            "description",
                            "Who reads",
                            "members",
                            List.of("ada@example.com", "dan@example.com"),
                            "teams",
                            List.of("Design")),
                    Map.of("name", "Nobody")),
            "boards",
            List.of(Map.of("name", "Plan", "team", "Design", "owner", "bob@example.com")));

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    private Control control;
    private MiroScimAdmin admin;

    @BeforeEach
    void connect() {
        control = Control.of(context);
        admin = control.admin();
    }

    @Test
    void create_needsNothing() {
        Control.Answer answer = control.post("/organizations", "{}");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/emulator/organizations/" + answer.body().path("id").asString());
        assertThat(answer.body().propertyNames())
                .contains("id", "name", "scimUrl", "scimToken", "restUrl", "restToken", "settings");
        assertThat(answer.body().path("scimUrl").asString()).endsWith("/api/v1/scim");
        assertThat(control.send("POST", "/organizations", null).status()).isEqualTo(201);
    }

    @Test
    void create_tokensOpenItAndNothingElse() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(SEED));
        Organization other = admin.createOrganization(NewOrganization.named("Other"));

        assertThat(control.scim(acme).get("/Users").body().path("totalResults").asInt())
                .isEqualTo(3);
        assertThat(control.scim(other).get("/Users").body().path("totalResults").asInt())
                .isZero();
        assertThat(control.send("GET", "/organizations", null, "Authorization", "Bearer " + acme.scimToken())
                        .status())
                .isEqualTo(401);
        assertThat(control.send("GET", "/organizations", null, "Authorization", "Bearer " + acme.restToken())
                        .status())
                .isEqualTo(401);
        assertThat(admin.organization(acme.id()).scimToken()).isNull();
        assertThat(admin.organizations()).extracting(Organization::id).contains(acme.id(), other.id());
    }

    @Test
    void create_tokensOfTheSeed() {
        String token = "seeded-" + System.nanoTime();
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(Map.of("tokens", Map.of("scim", token))));

        assertThat(acme.scimToken()).isEqualTo(token);
        assertThat(control.post("/organizations", "{\"seed\":{\"tokens\":{\"scim\":\"" + token + "\"}}}"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(409))
                .satisfies(answer -> assertThat(answer.detail())
                        .isEqualTo("tokens: The token is already in use for something else"));
    }

    @Test
    void create_universes() {
        String label = "universe-" + System.nanoTime();
        Organization first =
                admin.createOrganization(NewOrganization.named("First").universe(label));
        Organization second =
                admin.createOrganization(NewOrganization.named("Second").universe(label));
        Organization third =
                admin.createOrganization(NewOrganization.named("Third").universe(first.id()));
        Organization apart = admin.createOrganization(NewOrganization.named("Apart"));

        assertThat(List.of(first, second, third))
                .extracting(Organization::universe)
                .containsOnly(label);
        assertThat(apart.universe()).isNotEqualTo(label);
        String ada =
                admin.addPerson(first.id(), Person.member("ada@example.com")).id();
        assertThat(admin.addPerson(second.id(), Person.guest("ADA@example.com")).id())
                .isEqualTo(ada);
        assertThat(admin.addPerson(apart.id(), Person.member("ada@example.com")).id())
                .isNotEqualTo(ada);
        assertThat(control.post("/organizations", "{\"universe\":\"12345\"}").detail())
                .isEqualTo("universe: there is no organisation 12345");
        assertThat(control.post("/organizations", "{\"universe\":\"" + "x".repeat(61) + "\"}")
                        .detail())
                .isEqualTo("universe: a label must have 1 to 60 characters");
    }

    @Test
    void create_mistakesAreNamed() {
        assertThat(control.post("/organizations", "{\"nam\":\"Acme\"}").detail())
                .isEqualTo("the body, line 1: nam: unknown field; did you mean 'name'?");
        assertThat(control.post("/organizations", "{\"settings\":{\"seets\":{}}}")
                        .detail())
                .isEqualTo("the body, line 1: settings.seets: unknown field; did you mean 'seats'?");
        assertThat(control.post(
                                "/organizations",
                                "{\"seed\":{\"people\":[{\"email\":\"a@example.com\",\"teams\":[\"Nobody\"]}]}}")
                        .detail())
                .isEqualTo("the body, line 1: seed.people[0].teams[0]: the organisation has no team 'Nobody'");
        assertThat(control.post("/organizations", "{\"name\": \" \"}"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(400))
                .satisfies(answer ->
                        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json"));
        assertThat(control.post("/organizations", "{").status()).isEqualTo(400);
        assertThat(control.send("POST", "/organizations", "name=x", "Content-Type", "application/x-www-form-urlencoded")
                        .status())
                .isEqualTo(415);
    }

    @Test
    void create_aSeedIsCheckedAgainstTheSettingsBesideIt() {
        String librarian = "{\"people\": [{\"email\": \"ada@example.com\", \"adminRoles\": [\"Librarian\"]}]%s}";
        String roles = "\"settings\": {\"customAdminRoles\": [\"Librarian\"]}";

        Control.Answer made =
                control.post("/organizations", "{%s, \"seed\": %s}".formatted(roles, librarian.formatted("")));
        Control.Answer refused = control.post(
                "/organizations",
                "{\"settings\": {\"customAdminRoles\": [\"Archivist\"]}, \"seed\": %s}"
                        .formatted(librarian.formatted(", " + roles)));

        assertThat(made.status()).isEqualTo(201);
        assertThat(admin.people(made.body().path("id").asString()).getFirst().adminRoles())
                .containsExactly("Librarian");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.detail()).startsWith("the body, line 1: seed.people[0].adminRoles[0]: 'Librarian' is");
    }

    @Test
    void create_warnsOfGuestsFromClaimedDomains() {
        String seed = """
                {"settings": {"claimedDomains": [%s]}, "seed": {"people": [
                    {"email": "ada@example.com", "role": "guest"}, {"email": "gil@example.org", "role": "guest"}]}}
                """;

        Control.Answer warned = control.post("/organizations", seed.formatted("\"Example.com\""));
        String acme = "/organizations/" + warned.body().path("id").asString();

        assertThat(warned.status()).isEqualTo(201);
        assertThat(warned.headers().allValues("X-Miro-Rule")).containsExactly("guests-of-foreign-domains");
        for (String domains : List.of("\"*\"", "", "\"example.net\"")) {
            assertThat(control.post("/organizations", seed.formatted(domains))
                            .headers()
                            .allValues("X-Miro-Rule"))
                    .isEmpty();
        }
        assertThat(control.post(acme + "/people", "{\"email\": \"bob@example.com\", \"role\": \"guest\"}")
                        .headers()
                        .allValues("X-Miro-Rule"))
                .containsExactly("guests-of-foreign-domains");
        Control.Answer cyd = control.post(acme + "/people", "{\"email\": \"cyd@example.com\"}");
        assertThat(cyd.headers().allValues("X-Miro-Rule")).isEmpty();
        assertThat(control.patch(acme + "/people/" + cyd.body().path("id").asString(), "{\"role\": \"guest\"}")
                        .headers()
                        .allValues("X-Miro-Rule"))
                .containsExactly("guests-of-foreign-domains");
    }

    @Test
    void unknownOrganizations() {
        assertThat(control.get("/organizations/1"))
                .satisfies(answer -> assertThat(answer.status()).isEqualTo(404));
        assertThat(control.delete("/organizations/1").status()).isEqualTo(404);
        assertThat(control.send("POST", "/organizations/1/reset", null).status())
                .isEqualTo(404);
        assertThat(control.get("/organizations/1/seed").status()).isEqualTo(404);
        assertThat(control.put("/organizations/1/seed", "{\"name\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(control.patch("/organizations/1/settings", "{}").status()).isEqualTo(404);
        assertThat(control.post("/organizations/1/teams", "{\"name\":\"x\"}").status())
                .isEqualTo(404);
        assertThat(control.post("/organizations/1/people", "{\"email\":\"x@example.com\"}")
                        .status())
                .isEqualTo(404);
        assertThat(control.get("/organizations/1/tokens").status()).isEqualTo(404);
        assertThat(control.get("/organizations/x").status()).isEqualTo(404);
    }

    @Test
    void delete_leavesNothing() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(SEED));
        control.scim(acme).get("/Users");

        admin.deleteOrganization(acme.id());

        assertThat(control.get("/organizations/" + acme.id()).status()).isEqualTo(404);
        assertThat(control.scim(acme).get("/Users").status()).isEqualTo(401);
        assertThat(database.sql("select count(*) from profile where universe_id = ?")
                        .param(Long.valueOf(acme.universe()))
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(control.get("/journal?organization=" + acme.id()).text()).isEqualTo("[]");
    }

    @Test
    void delete_keepsWhoIsElsewhere() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(SEED));
        Organization other =
                admin.createOrganization(NewOrganization.named("Other").universe(acme.id()));
        Person ada = admin.addPerson(other.id(), Person.member("ada@example.com"));

        admin.deleteOrganization(acme.id());

        assertThat(admin.people(other.id())).singleElement().satisfies(person -> {
            assertThat(person.id()).isEqualTo(ada.id());
            assertThat(person.name()).isEqualTo("Ada Lovelace");
        });
    }

    @Test
    void settings_changeAtOnce() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").setting("seats", Map.of("Full", 3)));
        ScimClient scim = control.scim(acme);
        assertThat(scim.get("/Users").status()).isEqualTo(200);

        Map<String, Object> settings = admin.changeSettings(acme.id(), Map.of("scimEnabled", false));
        assertThat(settings).containsEntry("scimEnabled", false).containsEntry("seats", Map.of("Full", 3));
        assertThat(scim.get("/Users").status()).isEqualTo(403);

        control.patch(
                "/organizations/" + acme.id() + "/settings",
                "{\"scimEnabled\":null,\"seats\":{\"Full\":null,\"Basic\":1}}");
        assertThat(scim.get("/Users").status()).isEqualTo(200);
        assertThat(admin.organization(acme.id()).settings())
                .containsEntry("scimEnabled", true)
                .containsEntry("seats", Map.of("Basic", 1));
    }

    @Test
    void settings_mistakesAreNamed() {
        Organization acme = admin.createOrganization(NewOrganization.named("Acme"));
        String path = "/organizations/" + acme.id() + "/settings";

        assertThat(control.patch(path, "{\"scimEnable\":false}").detail())
                .isEqualTo("the settings, line 1: scimEnable: unknown field; did you mean 'scimEnabled'?");
        assertThat(control.patch(path, "{\"emailWrites\":\"STRIKT\"}").detail())
                .isEqualTo(
                        "the settings, line 1: emailWrites: 'STRIKT' is not one of LENIENT, STRICT; did you mean 'STRICT'?");
        assertThat(control.patch(path, "{\"licenses\":[\"Full\",\"Ful\"]}").detail())
                .startsWith("the settings, line 1: licenses[1]: 'Ful' is not one of")
                .endsWith("did you mean 'Full'?");
        assertThat(control.patch(path, "{\"licenses\":[null]}").status()).isEqualTo(400);
        assertThat(control.patch(path, "{\"seats\":{\"Gold\":1}}").status()).isEqualTo(400);
        assertThat(control.patch(path, "{\"seats\":{\"Full\":-1}}").status()).isEqualTo(400);
        assertThat(control.patch(path, "[]").status()).isEqualTo(400);
        assertThat(admin.organization(acme.id()).settings()).isEqualTo(acme.settings());
    }

    /** Sets and maps of enums have another order in every run of a program, unless somebody gives them one. */
    @Test
    void settings_readTheSameHoweverTheyWereWritten() {
        Organization acme = admin.createOrganization(NewOrganization.named("Acme"));
        String path = "/organizations/" + acme.id() + "/settings";

        control.patch(
                path, "{\"licenses\":[\"Full\",\"Basic\",\"Free\"],\"seats\":{\"Full\":2,\"Advanced\":3,\"Basic\":1}}");

        assertThat(control.get(path).text())
                .contains("\"licenses\":[\"Free\",\"Basic\",\"Full\"]")
                .contains("\"seats\":{\"Basic\":1,\"Full\":2,\"Advanced\":3}");
    }

    @Test
    void reset_isAsItWasMade() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(SEED));
        String before =
                control.get("/organizations/" + acme.id() + "/seed?ids=true").text();
        ScimClient scim = control.scim(acme);
        String ada = admin.people(acme.id()).getFirst().id();
        admin.changeSettings(acme.id(), Map.of("scimEnabled", false));
        admin.changePerson(
                acme.id(), ada, Person.changes().email("countess@example.com").inTeams());
        admin.removePerson(acme.id(), admin.people(acme.id()).getLast().id());
        admin.deleteTeam(acme.id(), admin.teams(acme.id()).getFirst().id());
        admin.addPerson(acme.id(), Person.member("new@example.com"));

        admin.reset(acme.id());

        assertThat(control.get("/organizations/" + acme.id() + "/seed?ids=true").text())
                .isEqualTo(before);
        assertThat(scim.get("/Users/" + ada).status()).isEqualTo(200);
        assertThat(admin.people(acme.id())).extracting(Person::email).doesNotContain("new@example.com");
    }

    @Test
    void reset_ofSomebodyWhoChangedElsewhere() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(SEED));
        Organization other =
                admin.createOrganization(NewOrganization.named("Other").universe(acme.id()));
        Person ada = admin.addPerson(other.id(), Person.member("ada@example.com"));
        admin.changePerson(other.id(), ada.id(), Person.changes().email("countess@example.com"));

        admin.reset(acme.id());

        assertThat(admin.people(acme.id())).extracting(Person::email).contains("ada@example.com");
        assertThat(admin.people(other.id())).extracting(Person::email).containsExactly("countess@example.com");
    }

    @Test
    void reset_withoutASeedIsEmpty() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").setting("flexibleLicensing", true));
        admin.createTeam(acme.id(), Team.named("Design"));

        admin.reset(acme.id());

        assertThat(admin.teams(acme.id())).isEmpty();
        assertThat(admin.organization(acme.id()).settings()).containsEntry("flexibleLicensing", true);
    }

    @Test
    void seed_roundTripIsIdentity() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(SEED));
        Organization copy = admin.createOrganization(NewOrganization.named("Copy"));
        String exported = control.get("/organizations/" + acme.id() + "/seed").text();
        assertThat(exported).contains("Dyk");

        assertThat(control.put("/organizations/" + copy.id() + "/seed", exported)
                        .status())
                .isEqualTo(204);
        assertThat(control.get("/organizations/" + copy.id() + "/seed").text()).isEqualTo(exported);

        String numbered =
                control.get("/organizations/" + acme.id() + "/seed?ids=true").text();
        assertThat(control.put("/organizations/" + acme.id() + "/seed", numbered)
                        .status())
                .isEqualTo(204);
        assertThat(control.get("/organizations/" + acme.id() + "/seed?ids=true").text())
                .isEqualTo(numbered);
        assertThat(control.put("/organizations/" + copy.id() + "/seed", numbered)
                        .status())
                .isEqualTo(409);
        assertThat(control.get("/organizations/" + copy.id() + "/seed").text()).isEqualTo(exported);
    }

    @Test
    void seed_whatAdministratorsLeftCanBeImported() {
        Organization acme =
                admin.createOrganization(NewOrganization.named("Acme").seed(SEED));
        List<Person> people = admin.people(acme.id());
        admin.removePerson(acme.id(), people.get(1).id());
        admin.changeSettings(acme.id(), Map.of("licenses", List.of("Advanced")));
        admin.changePerson(acme.id(), people.getFirst().id(), Person.changes().inTeams("Everyone"));
        // In a user group, where guests cannot come.
        admin.changePerson(acme.id(), people.get(2).id(), Person.changes().role("guest"));
        String exported = control.get("/organizations/" + acme.id() + "/seed").text();

        assertThat(control.put("/organizations/" + acme.id() + "/seed", exported)
                        .status())
                .isEqualTo(204);

        assertThat(control.get("/organizations/" + acme.id() + "/seed").text()).isEqualTo(exported);
        assertThat(admin.boards(acme.id()))
                .singleElement()
                .satisfies(board -> assertThat(board.owner()).isEqualTo("ada@example.com"));
    }

    @Test
    void seed_isYamlToo() {
        Organization acme = admin.createOrganization(NewOrganization.named("Acme"));

        assertThat(control.send("PUT", "/organizations/" + acme.id() + "/seed", """
                                organizations:
                                  - name: Renamed
                                    teams: [{name: Design}]
                                """, "Content-Type", "application/yaml")
                        .status())
                .isEqualTo(204);
        assertThat(admin.organization(acme.id()).name()).isEqualTo("Renamed");
        assertThat(admin.teams(acme.id())).extracting(Team::name).containsExactly("Design");
    }

    @Test
    void organizations_sideBySide() {
        List<Organization> organizations = IntStream.range(0, 100)
                .parallel()
                .mapToObj(i -> admin.createOrganization(NewOrganization.named("Side " + i)))
                .toList();

        organizations.parallelStream().forEach(organization -> {
            assertThat(control.scim(organization).post("/Users", """
                                    {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "same@example.com"}
                                    """).status()).isEqualTo(201);
            assertThat(admin.people(organization.id())).hasSize(1);
            admin.deleteOrganization(organization.id());
        });
        assertThatThrownBy(() -> admin.organization(organizations.getFirst().id()))
                .isInstanceOf(HttpClientErrorException.NotFound.class);
    }
}

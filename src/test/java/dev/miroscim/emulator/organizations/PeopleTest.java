package dev.miroscim.emulator.organizations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.testkit.Board;
import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.NewToken;
import dev.miroscim.testkit.Organization;
import dev.miroscim.testkit.Person;
import dev.miroscim.testkit.Person.Place;
import dev.miroscim.testkit.Team;
import dev.miroscim.testkit.Token;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class PeopleTest {

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

    @Test
    void teams_areScimsGroups() {
        Team design = admin.createTeam(acme.id(), new Team(null, "Design", "design-sync", true));
        assertThat(scim.get("/Groups").resources()).singleElement().satisfies(group -> {
            assertThat(group.path("id").asString()).isEqualTo(design.id());
            assertThat(group.path("displayName").asString()).isEqualTo("design-sync");
        });

        Team changed = admin.changeTeam(acme.id(), design.id(), new Team(null, "Craft", null, false));
        assertThat(changed).isEqualTo(new Team(design.id(), "Craft", "design-sync", null));
        assertThat(admin.teams(acme.id())).containsExactly(changed);

        admin.deleteTeam(acme.id(), design.id());
        assertThat(scim.get("/Groups").resources()).isEmpty();
    }

    @Test
    void teams_mistakes() {
        admin.createTeam(acme.id(), Team.named("Design"));
        String path = "/organizations/" + acme.id() + "/teams";

        assertThat(control.post(path, "{\"name\":\"design\"}").status()).isEqualTo(409);
        assertThat(control.post(path, "{}").status()).isEqualTo(400);
        assertThat(control.post(path, "{\"name\":\"" + "x".repeat(61) + "\"}").status())
                .isEqualTo(400);
        assertThat(control.patch(path + "/1", "{\"name\":\"x\"}").status()).isEqualTo(404);
        assertThat(control.delete(path + "/1").status()).isEqualTo(404);
    }

    @Test
    void people_ofAllKinds() {
        admin.createTeam(acme.id(), Team.named("Design"));
        Person root = admin.addPerson(
                acme.id(), Person.companyAdmin("root@example.com").withAdminRoles("user admin"));
        Person ada = admin.addPerson(
                acme.id(), Person.member("ada@example.com").license("Advanced").teamAdmin("design"));
        Person gil = admin.addPerson(acme.id(), Person.guest("gil@example.org").inTeams("Design"));
        Person uma = admin.addPerson(acme.id(), Person.member("uma@example.com").registered(false));

        assertThat(root.adminRoles()).containsExactly("User Admin");
        assertThat(ada.teams()).containsExactly(new Place("Design", "ADMIN"));
        assertThat(ada.license()).isEqualTo("Advanced");
        assertThat(gil.teams()).containsExactly(new Place("Design", null));
        assertThat(uma.registered()).isFalse();
        assertThat(admin.people(acme.id())).containsExactly(root, ada, gil, uma);
        assertThat(scim.get("/Users").body().path("totalResults").asInt()).isEqualTo(3);
        assertThat(scim.get("/Users/" + gil.id()).status()).isEqualTo(404);
    }

    @Test
    void people_areChangedAsNoRuleOfScimAllows() {
        Team design = admin.createTeam(acme.id(), Team.named("Design"));
        admin.createTeam(acme.id(), Team.named("Sales"));
        Person ada = admin.addPerson(
                acme.id(),
                Person.companyAdmin("ada@example.com").license("Full").inTeams("Design"));

        Person changed = admin.changePerson(
                acme.id(),
                ada.id(),
                Person.changes()
                        .email("countess@example.com")
                        .name("Ada")
                        .role("guest")
                        .license("Free Restricted")
                        .active(false)
                        .lastActivityAt(Instant.parse("2026-03-01T09:00:00Z"))
                        .inTeams("Sales"));

        assertThat(changed.email()).isEqualTo("countess@example.com");
        assertThat(changed.role()).isEqualTo("guest");
        assertThat(changed.active()).isFalse();
        assertThat(changed.lastActivityAt()).isEqualTo("2026-03-01T09:00:00Z");
        assertThat(changed.teams()).extracting(Place::name).containsExactly("Sales");
        String people = "/organizations/" + acme.id() + "/people/" + ada.id();
        assertThat(control.patch(people, "{\"department\":\"Paper\",\"manager\":\"countess@example.com\"}")
                        .body()
                        .path("manager")
                        .asString())
                .isEqualTo("countess@example.com");
        assertThat(control.patch(people, "{\"department\":\"\",\"manager\":\"\"}")
                        .body()
                        .propertyNames())
                .doesNotContain("department", "manager");
        assertThat(control.put(
                                "/organizations/%s/teams/%s/people/%s".formatted(acme.id(), design.id(), ada.id()),
                                "{\"role\":\"admin\"}")
                        .status())
                .isEqualTo(204);
        assertThat(admin.people(acme.id()).getFirst().teams()).contains(new Place("Design", "ADMIN"));
        assertThat(control.delete("/organizations/%s/teams/%s/people/%s".formatted(acme.id(), design.id(), ada.id()))
                        .status())
                .isEqualTo(204);
        assertThat(admin.people(acme.id()).getFirst().teams()).hasSize(1);
    }

    @Test
    void people_mistakes() {
        admin.addPerson(acme.id(), Person.member("ada@example.com"));
        String path = "/organizations/" + acme.id() + "/people";

        assertThat(control.post(path, "{\"email\":\"ADA@example.com\"}").status())
                .isEqualTo(409);
        assertThat(control.post(path, "{\"email\":\"nobody\"}").detail()).startsWith("email: ");
        assertThat(control.post(path, "{\"email\":\"a@example.com\",\"rol\":\"guest\"}")
                        .detail())
                .isEqualTo("the body, line 1: rol: unknown field; did you mean 'role'?");
        assertThat(control.post(path, "{\"email\":\"a@example.com\",\"role\":\"gust\"}")
                        .detail())
                .contains("did you mean 'guest'?");
        assertThat(control.post(path, "{\"email\":\"a@example.com\",\"teams\":[\"X\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(control.post(path, "{\"email\":\"a@example.com\",\"manager\":\"x@example.com\"}")
                        .status())
                .isEqualTo(400);
        assertThat(control.post(path, "{\"email\":\"a@example.com\",\"adminRoles\":[\"King\"]}")
                        .status())
                .isEqualTo(400);
        assertThat(control.patch(path + "/1", "{\"name\":\"x\"}").status()).isEqualTo(404);
        assertThat(control.get(path + "/1").status()).isEqualTo(404);
        assertThat(control.delete(path + "/1").status()).isEqualTo(404);
    }

    @Test
    void boards_haveOwners() {
        admin.createTeam(acme.id(), Team.named("Design"));
        admin.addPerson(acme.id(), Person.member("ada@example.com").teamAdmin("Design"));
        Person bob = admin.addPerson(acme.id(), Person.member("bob@example.com").inTeams("Design"));
        Board plan = admin.createBoard(acme.id(), new Board(null, "Plan", "Design", "bob@example.com"));

        assertThat(admin.changeBoard(acme.id(), plan.id(), new Board(null, "Map", null, null)))
                .isEqualTo(new Board(plan.id(), "Map", "Design", "bob@example.com"));
        scim.delete("/Users/" + bob.id());
        assertThat(admin.boards(acme.id())).containsExactly(new Board(plan.id(), "Map", "Design", "ada@example.com"));

        admin.deleteBoard(acme.id(), plan.id());
        assertThat(admin.boards(acme.id())).isEmpty();
        String path = "/organizations/" + acme.id() + "/boards";
        assertThat(control.post(path, "{\"name\":\"x\",\"team\":\"X\",\"owner\":\"ada@example.com\"}")
                        .status())
                .isEqualTo(400);
        assertThat(control.post(path, "{\"name\":\"x\",\"team\":\"Design\",\"owner\":\"x@example.com\"}")
                        .detail())
                .isEqualTo("owner: nobody in the organisation has the e-mail address 'x@example.com'");
        assertThat(control.post(path, "{\"name\":\"x\"}").detail()).isEqualTo("team: is required");
        assertThat(control.delete(path + "/1").status()).isEqualTo(404);
    }

    @Test
    void boards_areGivenToMembersOfTheirTeam() {
        admin.createTeam(acme.id(), Team.named("Design"));
        admin.addPerson(acme.id(), Person.member("ada@example.com").inTeams("Design"));
        admin.addPerson(acme.id(), Person.member("bob@example.com"));
        Board plan = admin.createBoard(acme.id(), new Board(null, "Plan", "Design", "ada@example.com"));

        String path = "/organizations/" + acme.id() + "/boards";
        String outside = "{\"name\":\"x\",\"team\":\"Design\",\"owner\":\"bob@example.com\"}";
        assertThat(control.post(path, outside).detail()).isEqualTo("'bob@example.com' is not in the team 'Design'");
        assertThat(control.patch(path + "/" + plan.id(), "{\"owner\":\"bob@example.com\"}")
                        .status())
                .isEqualTo(400);
        assertThat(admin.boards(acme.id())).containsExactly(plan);
    }

    @Test
    void guests_haveNoAdminRoles() {
        Person ada = admin.addPerson(acme.id(), Person.member("ada@example.com").withAdminRoles("User Admin"));
        String path = "/organizations/" + acme.id() + "/people";

        assertThat(control.patch(path + "/" + ada.id(), "{\"role\":\"guest\",\"adminRoles\":[\"User Admin\"]}")
                        .detail())
                .isEqualTo("Guests have no admin roles");
        assertThat(control.patch(path + "/" + ada.id(), "{\"role\":\"guest\"}").status())
                .isEqualTo(200);
        assertThat(admin.people(acme.id()))
                .filteredOn(person -> person.email().equals("ada@example.com"))
                .singleElement()
                .satisfies(person -> assertThat(person.adminRoles()).isNullOrEmpty());
    }

    @Test
    void tokens_oneScimTokenAtATime() {
        Token regenerated = admin.generateToken(acme.id(), NewToken.scim());

        assertThat(scim.get("/Users").status()).isEqualTo(401);
        assertThat(regenerated.token()).startsWith(regenerated.prefix()).hasSize(64);
        List<Token> tokens = admin.tokens(acme.id());
        assertThat(tokens).extracting(Token::kind).containsExactlyInAnyOrder("scim", "rest");
        assertThat(tokens).extracting(Token::token).containsOnlyNulls();
        ScimClient again = new ScimClient(
                context.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
                String.valueOf(regenerated.token()));
        assertThat(again.get("/Users").status()).isEqualTo(200);

        admin.revokeToken(acme.id(), regenerated.id());

        assertThat(again.get("/Users").status()).isEqualTo(401);
        assertThat(admin.tokens(acme.id())).extracting(Token::kind).containsExactly("rest");
        String path = "/organizations/" + acme.id() + "/tokens";
        assertThat(control.delete(path + "/" + regenerated.id()).status()).isEqualTo(404);
        assertThat(control.post(path, "{\"kind\":\"admin\"}").status()).isEqualTo(400);
        assertThat(control.post(path, "{}").status()).isEqualTo(400);
    }

    /** ConductorOne's page about its connector asks for scopes in words of its own, and for some of other APIs. */
    @Test
    void tokens_withTheScopesOfConductorOnesInstructions() {
        String[] scopes = {
            "identity:read", "team:read", "organizations:read", "organizations:team:read", "organizations:team:write"
        };
        Token token = admin.generateToken(acme.id(), NewToken.rest(scopes));
        RestClient rest = new RestClient(control.port(), String.valueOf(token.token()));
        String path = "/v2/orgs/" + acme.id();

        assertThat(rest.get("/v1/oauth-token")
                        .body()
                        .path("scopes")
                        .valueStream()
                        .map(JsonNode::stringValue))
                .containsExactly(scopes);
        assertThat(rest.get(path + "/members").status()).isEqualTo(200);
        assertThat(rest.get(path + "/teams").status()).isEqualTo(200);
        assertThat(rest.post(path + "/teams", "{\"name\": \"New\"}").status()).isEqualTo(201);
        assertThat(rest.get(path + "/groups").status()).isEqualTo(403);

        admin.revokeToken(acme.id(), token.id());

        assertThat(rest.get("/v1/oauth-token").status()).isEqualTo(401);
        String tokens = "/organizations/" + acme.id() + "/tokens";
        assertThat(control.post(tokens, "{\"kind\": \"rest\", \"scopes\": [\"organization:read\"]}")
                        .detail())
                .startsWith("scopes: 'organization:read' is not one of organizations:read, ");
        assertThat(control.post(tokens, "{\"kind\": \"scim\", \"scopes\": []}").status())
                .isEqualTo(400);
    }
}

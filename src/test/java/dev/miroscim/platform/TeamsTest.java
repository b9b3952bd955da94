package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.each;
import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.json;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.Statements;
import dev.miroscim.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class TeamsTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void create_makesAGroupForScim() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        JsonNode team = ok(acme.rest().post(acme.path("/teams"), "{\"name\": \"Design\", \"colour\": 1}"), 201);

        String id = team.path("id").stringValue();
        assertThat(team).isEqualTo(json("{\"id\": \"%s\", \"name\": \"Design\", \"type\": \"team\"}".formatted(id)));
        assertThat(ok(acme.rest().get(acme.path("/teams/" + id)), 200)).isEqualTo(team);
        JsonNode group = acme.scim()
                .get("/Groups?filter=displayName eq \"design\"")
                .resources()
                .getFirst();
        assertThat(group.path("id").stringValue()).isEqualTo(id);
        assertThat(group.path("members")).isEmpty();
    }

    @Test
    void rename_leavesTheSecurityGroupItsName() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();
        String path = acme.path("/teams/" + acme.group("Design"));

        Answer renamed = acme.rest().patch(path, "{\"name\": \"Product Design\"}");

        assertThat(ok(renamed, 200).path("name").stringValue()).isEqualTo("Product Design");
        assertThat(renamed.rules()).containsExactly("group-name-apart-from-team-name");
        assertThat(groupName(acme, "Design")).isEqualTo("Design");

        acme.scim()
                .patchWith(
                        "/Groups/" + acme.group("Design"),
                        "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Designers\"}");
        assertThat(groupName(acme, "Design")).isEqualTo("Designers");
        assertThat(ok(acme.rest().get(path), 200).path("name").stringValue()).isEqualTo("Product Design");
    }

    @Test
    void update_withoutAName_changesNothing() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();

        JsonNode team = ok(acme.rest().patch(acme.path("/teams/" + acme.group("Design")), "{}"), 200);

        assertThat(team.path("name").stringValue()).isEqualTo("Design");
    }

    @Test
    void delete_takesTheGroupAndLeavesThePeople() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .unregistered("uma@example.com", "Design")
                .board("Plan", "Design", "ada@example.com")
                .create();
        String path = acme.path("/teams/" + acme.group("Design"));

        ok(acme.rest().delete(path), 204);

        error(acme.rest().get(path), 404, "notFound");
        error(acme.rest().delete(path), 404, "notFound");
        assertThat(acme.scim().get("/Groups/" + acme.group("Design")).status()).isEqualTo(404);
        assertThat(ok(acme.rest().get(acme.path("/members")), 200).path("size").intValue())
                .isEqualTo(2);
    }

    @Test
    void list_inPages() {
        TestOrganization.Builder builder = TestOrganization.in(context);
        for (int i = 0; i < 7; i++) {
            builder.team("Team " + i);
        }
        TestOrganization acme = builder.create();
        RestClient rest = acme.rest();
        List<String> names = new ArrayList<>();

        JsonNode page = ok(rest.get(acme.path("/teams?limit=3")), 200);
        names.addAll(each(page, "name"));
        while (page.has("cursor")) {
            page = ok(
                    rest.get(acme.path(
                            "/teams?limit=3&cursor=" + page.path("cursor").stringValue())),
                    200);
            names.addAll(each(page, "name"));
        }

        assertThat(names).containsExactly("Team 0", "Team 1", "Team 2", "Team 3", "Team 4", "Team 5", "Team 6");
        assertThat(Statements.of(() -> rest.get(acme.path("/teams?limit=3&name=e"))))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            dev   | Developer's team,Team for developers
            DEV   | Developer's team,Team for developers
            %     | 100% sure
            _     | a_b
            \\    | back\\slash
            team  | Developer's team,Team for developers
            İSTAN | İstanbul
            ΟΔΟΣ  | ΟΔΟΣ
            xyz   |
            """)
    void list_byAPartOfTheName(String name, String expected) {
        TestOrganization acme = TestOrganization.in(context)
                .team("Developer's team", "devs")
                .team("Team for developers")
                .team("100% sure")
                .team("a_b")
                .team("back\\slash")
                .team("İstanbul")
                .team("ΟΔΟΣ")
                .create();

        JsonNode page = ok(acme.rest().get(acme.path("/teams?name=" + name.replace("%", "%25"))), 200);

        assertThat(each(page, "name")).containsExactly(expected == null ? new String[0] : expected.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": null}",
                "{\"name\": \"\"}",
                "{\"name\": \"   \"}",
                "{\"name\": 17}",
                "{\"name\": [\"Design\"]}",
                "{\"name\": \"1234567890123456789012345678901234567890123456789012345678901\"}"
            })
    void create_withoutAProperName(String body) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        error(acme.rest().post(acme.path("/teams"), body), 400, "invalidParameters");

        assertThat(ok(acme.rest().get(acme.path("/teams")), 200).path("data")).isEmpty();
    }

    @Test
    void create_withTheNameOfAGroup_conflicts() {
        TestOrganization acme =
                TestOrganization.in(context).team("Design", "Designers").create();

        Answer refused = acme.rest().post(acme.path("/teams"), "{\"name\": \"DESIGNERS\"}");

        error(refused, 409, "conflict");
        assertThat(refused.rules()).containsExactly("group-name-unique");
        ok(acme.rest().post(acme.path("/teams"), "{\"name\": \"Design\"}"), 201);
    }

    @Test
    void anotherOrganizationsTeam_isNotThere() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();
        TestOrganization other = TestOrganization.in(context).team("Sales").create();
        RestClient rest = acme.rest();

        for (String id : List.of(other.group("Sales"), "1", "Sales")) {
            String path = acme.path("/teams/" + id);
            error(rest.get(path), 404, "notFound");
            error(rest.patch(path, "{\"name\": \"Mine\"}"), 404, "notFound");
            error(rest.delete(path), 404, "notFound");
            error(rest.get(path + "/members"), 404, "notFound");
        }
        assertThat(groupName(other, "Sales")).isEqualTo("Sales");
    }

    private static String groupName(TestOrganization organization, String team) {
        return organization
                .scim()
                .get("/Groups/" + organization.group(team))
                .body()
                .path("displayName")
                .stringValue();
    }
}

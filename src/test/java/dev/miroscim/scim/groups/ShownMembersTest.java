package dev.miroscim.scim.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Invariants;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

/** Groups show their members as they are now, however they were changed. */
@MiroScimTest
class ShownMembersTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void names_areShownAsTheyAre() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com", "Design")
                .create();
        String user = acme.user("ada@example.com");
        rename(acme, user, "Zoë \\\"Ω\\\" \\\\ 𝒜\\t/");

        Answer group = acme.scim().get("/Groups/" + acme.group("Design"));

        String members = "\"members\":[{\"value\":\"%s\",\"type\":\"User\",\"display\":\"Zoë \\\"Ω\\\" \\\\ 𝒜\\t/\"}]"
                .formatted(user);
        assertThat(group.text()).endsWith(members + "}");
        assertThat(acme.scim().get("/Groups").text()).endsWith(members + "}]}");
        assertThat(acme.scim()
                        .get("/Groups?attributes=members.display,displayName")
                        .text())
                .endsWith("\"members\":[{\"display\":\"Zoë \\\"Ω\\\" \\\\ 𝒜\\t/\"}]}]}");
    }

    @Test
    void aNewName_isShownInAllOrganisationsOfThePerson() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .team("Sales")
                .member("ada@example.com", "Design", "Sales")
                .member("bob@example.com", "Sales")
                .create();
        TestOrganization other = TestOrganization.in(context)
                .inUniverseOf(acme)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .member("ada@example.com")
                .create();
        String user = acme.user("ada@example.com");
        other.scim().post("/Groups", "{\"displayName\": \"Readers\", \"members\": [\"%s\"]}".formatted(user));

        rename(acme, user, "Ada Lovelace");

        assertThat(acme.scim().get("/Groups").resources())
                .extracting(ShownMembersTest::names)
                .containsExactly(List.of("Ada Lovelace"), List.of("Ada Lovelace", "bob@example.com"));
        assertThat(other.scim().get("/Groups").resources())
                .extracting(ShownMembersTest::names)
                .containsExactly(List.of("Ada Lovelace"));
        check(acme, other);
    }

    @Test
    void guests_areShownWhenTheyBecomeMembers() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .team("Sales")
                .team("Support")
                .member("ada@example.com", "Design", "Sales")
                .guest("gus@example.com", "Design", "Support")
                .create();
        check(acme);
        assertThat(acme.scim().get("/Groups").resources())
                .extracting(ShownMembersTest::names)
                .containsExactly(List.of("ada@example.com"), List.of("ada@example.com"), List.of());

        acme.scim().patchWith("/Groups/" + acme.group("Sales"), """
                {"op": "add", "path": "members", "value": [{"value": "%s"}]}""".formatted(acme.user("gus@example.com")));

        assertThat(acme.scim().get("/Groups").resources())
                .extracting(ShownMembersTest::names)
                .containsExactly(
                        List.of("ada@example.com", "gus@example.com"),
                        List.of("ada@example.com", "gus@example.com"),
                        List.of("gus@example.com"));
        check(acme);
    }

    @Test
    void thoseWhoCameBack_areShown() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .create();
        String bob = acme.user("bob@example.com");
        String group = "/Groups/" + acme.group("Design");
        acme.scim().delete("/Users/" + bob);
        assertThat(names(acme.scim().get(group).body())).containsExactly("ada@example.com");

        Answer back = acme.scim()
                .patchWith(group, "{\"op\": \"add\", \"path\": \"members\", \"value\": [\"%s\"]}".formatted(bob));

        assertThat(names(back.body())).containsExactly("ada@example.com", "bob@example.com");
        check(acme);
    }

    private void check(TestOrganization... organizations) {
        for (TestOrganization organization : organizations) {
            assertThat(Invariants.violations(context.getBean(JdbcClient.class), organization.id()))
                    .isEmpty();
        }
    }

    private static void rename(TestOrganization organization, String user, String name) {
        Answer renamed = organization.scim().patchWith("/Users/" + user, """
                {"op": "replace", "path": "displayName", "value": "%s"}""".formatted(name));
        assertThat(renamed.status()).as(renamed.text()).isEqualTo(200);
    }

    private static List<String> names(JsonNode group) {
        return group.path("members")
                .valueStream()
                .map(member -> member.path("display").asString())
                .toList();
    }
}

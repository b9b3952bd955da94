package dev.miroscim.scim;

import static dev.miroscim.AnswerAssert.assertThat;
import static dev.miroscim.directory.MiroRule.BOARDS_GO_TO_OLDEST_ADMIN;
import static dev.miroscim.directory.MiroRule.DEACTIVATION_KEEPS_TEAMS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Who has the boards of people who go, which no answer of SCIM tells. */
@MiroScimTest
class BoardsTest {

    @Autowired
    ApplicationContext context;

    private TestOrganization.Builder organization() {
        return TestOrganization.in(context)
                .team("Design")
                .team("Sales")
                .companyAdmin("chief@example.com")
                .teamAdmin("young@example.com", "Design", "Sales")
                .teamAdmin("old@example.com", "Design")
                .member("ada@example.com", "Design", "Sales")
                .board("Plan", "Design", "ada@example.com")
                .board("Pipeline", "Sales", "ada@example.com")
                .board("Other", "Design", "young@example.com");
    }

    @Test
    void whoLeavesATeam_leavesItsBoardsToTheTeamsOldestAdmin() {
        TestOrganization acme = organization().create();
        StoredOrganization stored = StoredOrganization.of(acme);
        stored.joinedFirst("old@example.com", "Design");

        assertThat(acme.scim().patchWith("/Groups/" + acme.group("Design"), remove(acme.user("ada@example.com"))))
                .hasStatus(200)
                .hasRules(BOARDS_GO_TO_OLDEST_ADMIN);

        assertThat(stored.boardOwners())
                .isEqualTo(
                        Map.of("Plan", "old@example.com", "Pipeline", "ada@example.com", "Other", "young@example.com"));
    }

    @Test
    void whoComesBack_doesNotGetTheBoardsBack() {
        TestOrganization acme = organization().create();
        String design = "/Groups/" + acme.group("Design");
        String ada = acme.user("ada@example.com");
        StoredOrganization stored = StoredOrganization.of(acme);
        stored.joinedFirst("old@example.com", "Design");

        acme.scim().patchWith(design, remove(ada));
        acme.scim()
                .patchWith(
                        design, "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"" + ada + "\"}]}");

        assertThat(stored.team("Design")).containsEntry("ada@example.com", "MEMBER");
        assertThat(stored.boardOwners()).containsEntry("Plan", "old@example.com");
    }

    @Test
    void whoIsDeleted_leavesBoardsToAdminsOfEachTeam() {
        TestOrganization acme = organization().create();
        StoredOrganization stored = StoredOrganization.of(acme);
        stored.joinedFirst("old@example.com", "Design");

        assertThat(acme.scim().delete("/Users/" + acme.user("ada@example.com")))
                .hasStatus(204)
                .hasRules(BOARDS_GO_TO_OLDEST_ADMIN);

        assertThat(stored.boardOwners())
                .isEqualTo(Map.of(
                        "Plan", "old@example.com", "Pipeline", "young@example.com", "Other", "young@example.com"));
    }

    @Test
    void withoutATeamAdmin_aCompanyAdminGetsThem() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .companyAdmin("chief@example.com")
                .member("ada@example.com", "Design")
                .board("Plan", "Design", "ada@example.com")
                .create();

        acme.scim().delete("/Users/" + acme.user("ada@example.com"));

        assertThat(StoredOrganization.of(acme).boardOwners()).containsEntry("Plan", "chief@example.com");
    }

    @Test
    void anAdminWhoIsDeactivated_getsNone() {
        TestOrganization acme = organization().create();
        StoredOrganization stored = StoredOrganization.of(acme);
        stored.joinedFirst("old@example.com", "Design");
        String deactivate = "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}";
        acme.scim().patchWith("/Users/" + acme.user("old@example.com"), deactivate);

        acme.scim().delete("/Users/" + acme.user("ada@example.com"));

        assertThat(stored.boardOwners()).containsEntry("Plan", "young@example.com");
    }

    @Test
    void whoIsDeactivated_keepsBoardsAndTeams() {
        TestOrganization acme = organization().create();
        StoredOrganization stored = StoredOrganization.of(acme);
        Map<String, String> owners = stored.boardOwners();
        Map<String, String> design = stored.team("Design");

        assertThat(acme.scim()
                        .patchWith(
                                "/Users/" + acme.user("ada@example.com"),
                                "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}"))
                .hasStatus(200)
                .hasRules(DEACTIVATION_KEEPS_TEAMS);

        assertThat(stored.boardOwners()).isEqualTo(owners);
        assertThat(stored.team("Design")).isEqualTo(design);
    }

    private static String remove(String id) {
        return "{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + id + "\\\"]\"}";
    }
}

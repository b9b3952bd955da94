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
import dev.miroscim.directory.organizations.OrganizationSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class TeamMembersTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void invite_isSeenOnBothPlanes() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .companyAdmin("ada@example.com")
                .member("bob@example.com")
                .create();

        JsonNode member = ok(invite(acme, "BOB@example.com", null), 201);

        assertThat(member).isEqualTo(json("""
                {"id": "%1$s", "role": "member", "createdAt": "%2$s", "createdBy": "%3$s",
                 "modifiedAt": "%2$s", "modifiedBy": "%3$s", "teamId": "%4$s", "type": "team-member"}
                """.formatted(
                        acme.user("bob@example.com"),
                        member.path("createdAt").stringValue(),
                        acme.user("ada@example.com"),
                        acme.group("Design"))));
        assertThat(member.path("createdAt").stringValue()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
        assertThat(ok(acme.rest().get(place(acme, "bob@example.com")), 200)).isEqualTo(member);
        assertThat(scimMembers(acme)).containsExactly(acme.user("bob@example.com"));
    }

    @Test
    void invite_asAdmin() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("bob@example.com")
                .create();

        assertThat(ok(invite(acme, "bob@example.com", "admin"), 201)
                        .path("role")
                        .stringValue())
                .isEqualTo("admin");
    }

    @Test
    void invite_ofAStranger_isRefused() {
        TestOrganization other =
                TestOrganization.in(context).member("eve@example.com").create();
        TestOrganization acme = TestOrganization.in(context)
                .inUniverseOf(other)
                .team("Design")
                .member("gone@example.com")
                .create();
        acme.scim().delete("/Users/" + acme.user("gone@example.com"));

        for (String email : List.of("eve@example.com", "gone@example.com", "nobody@example.com", "no address")) {
            Answer refused = invite(acme, email, null);
            error(refused, 404, "notFound");
            assertThat(refused.rules()).containsExactly("invited-user-in-organization");
        }
        assertThat(scimMembers(acme)).isEmpty();
    }

    @Test
    void invite_ofADeactivatedUser_isRefused() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .deactivated("dan@example.com")
                .create();

        Answer refused = invite(acme, "dan@example.com", null);

        error(refused, 409, "conflict");
        assertThat(refused.rules()).containsExactly("invite-deactivated-user");
        assertThat(scimMembers(acme)).isEmpty();
    }

    @Test
    void invite_makesAMemberOfAGuest() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .guest("gil@example.org", "Design")
                .create();
        assertThat(ok(acme.rest().get(place(acme, "gil@example.org")), 200)
                        .path("role")
                        .stringValue())
                .isEqualTo("non_team");

        Answer invited = invite(acme, "gil@example.org", "member");

        assertThat(ok(invited, 201).path("role").stringValue()).isEqualTo("member");
        assertThat(invited.rules()).contains("group-add-converts-guest");
        JsonNode member = ok(acme.rest().get(acme.path("/members/" + acme.user("gil@example.org"))), 200);
        assertThat(member.path("role").stringValue()).isEqualTo("organization_internal_user");
        assertThat(member.path("license").stringValue()).isEqualTo("full");
    }

    @Test
    void invite_ofATeamMember_conflicts() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("bob@example.com", "Design")
                .create();

        for (String role : List.of("member", "admin")) {
            Answer refused = invite(acme, "Bob@example.com", role);

            assertThat(error(refused, 409, "conflict").path("message").stringValue())
                    .isEqualTo("User already exists in the account");
            assertThat(refused.rules()).containsExactly("invite-known-team-member");
        }
        assertThat(ok(acme.rest().get(place(acme, "bob@example.com")), 200)
                        .path("role")
                        .stringValue())
                .isEqualTo("member");
    }

    /** For ConductorOne's connector, which invites members of a team as its admins and never changes a role otherwise. */
    @Test
    void invite_ofATeamMember_withAnotherRole_changesIt_whereSettingsSaySo() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"inviteTeamMember\": \"" + OrganizationSettings.Policy.ALLOW + "\"}")
                .team("Design")
                .member("bob@example.com", "Design")
                .create();

        Answer invited = invite(acme, "bob@example.com", "admin");

        assertThat(ok(invited, 201).path("role").stringValue()).isEqualTo("admin");
        assertThat(invited.rules()).containsExactly("invite-known-team-member");
        assertThat(error(invite(acme, "bob@example.com", "admin"), 409, "conflict")
                        .path("message")
                        .stringValue())
                .isEqualTo("User already exists in the account");
        error(invite(acme, "bob@example.com", "member"), 409, "conflict"); // the last admin
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"email\": \"\"}",
                "{\"email\": 5}",
                "{\"role\": \"member\"}",
                "{\"email\": \"bob@example.com\", \"role\": \"non_team\"}",
                "{\"email\": \"bob@example.com\", \"role\": \"team_guest\"}",
                "{\"email\": \"bob@example.com\", \"role\": \"ADMIN\"}",
                "{\"email\": \"bob@example.com\", \"role\": {}}"
            })
    void invite_withWrongValues(String body) {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("bob@example.com")
                .create();

        error(acme.rest().post(members(acme), body), 400, "invalidParameters");

        assertThat(scimMembers(acme)).isEmpty();
    }

    @Test
    void role_isChanged() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .companyAdmin("ada@example.com")
                .member("bob@example.com", "Design")
                .create();

        JsonNode member = ok(acme.rest().patch(place(acme, "bob@example.com"), "{\"role\": \"admin\"}"), 200);

        assertThat(member.path("role").stringValue()).isEqualTo("admin");
        assertThat(member.has("createdBy")).isFalse();
        assertThat(member.path("modifiedBy").stringValue()).isEqualTo(acme.user("ada@example.com"));
        assertThat(ok(acme.rest().patch(place(acme, "bob@example.com"), "{}"), 200))
                .isEqualTo(member);
        error(acme.rest().patch(place(acme, "bob@example.com"), "{\"role\": \"owner\"}"), 400, "invalidParameters");
    }

    @Test
    void theLastAdmin_staysAdmin() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .create();
        RestClient rest = acme.rest();

        Answer demoted = rest.patch(place(acme, "ada@example.com"), "{\"role\": \"member\"}");
        Answer removed = rest.delete(place(acme, "ada@example.com"));

        assertThat(error(demoted, 409, "conflict").path("message").stringValue())
                .isEqualTo("Any account in organization must have at least one admin: team 'Design'");
        assertThat(demoted.rules()).containsExactly("last-team-admin");
        error(removed, 409, "conflict");
        assertThat(removed.rules()).containsExactly("last-team-admin");
        assertThat(ok(rest.get(place(acme, "ada@example.com")), 200)
                        .path("role")
                        .stringValue())
                .isEqualTo("admin");

        ok(rest.patch(place(acme, "bob@example.com"), "{\"role\": \"admin\"}"), 200);
        ok(rest.delete(place(acme, "ada@example.com")), 204);
    }

    @Test
    void remove_followsTheRulesOfScim() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .unregistered("uma@example.com", "Design")
                .guest("gil@example.org", "Design")
                .board("Plan", "Design", "bob@example.com")
                .create();
        RestClient rest = acme.rest();

        Answer bob = rest.delete(place(acme, "bob@example.com"));
        Answer uma = rest.delete(place(acme, "uma@example.com"));
        Answer gil = rest.delete(place(acme, "gil@example.org"));

        ok(bob, 204);
        assertThat(bob.rules()).containsExactly("boards-go-to-oldest-admin");
        assertThat(context.getBean(JdbcClient.class)
                        .sql("""
                             select m.profile_id from board b join membership m on m.id = b.owner_id
                             where m.organization_id = ?
                             """)
                        .param(acme.id())
                        .query(String.class)
                        .list())
                .containsExactly(acme.user("ada@example.com"));
        ok(uma, 204);
        assertThat(uma.rules()).containsExactly("unregistered-user-leaves");
        error(rest.get(acme.path("/members/" + acme.user("uma@example.com"))), 404, "notFound");
        ok(gil, 204);
        assertThat(each(ok(rest.get(members(acme)), 200), "id")).containsExactly(acme.user("ada@example.com"));
        ok(rest.get(acme.path("/members/" + acme.user("bob@example.com"))), 200);
    }

    @Test
    void whoIsNotInTheTeam_isNotFound() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .team("Sales")
                .member("bob@example.com", "Sales")
                .create();
        TestOrganization other = TestOrganization.in(context)
                .team("Theirs")
                .member("eve@example.com", "Theirs")
                .create();
        RestClient rest = acme.rest();

        for (String path : List.of(
                place(acme, "bob@example.com"),
                members(acme) + "/" + other.user("eve@example.com"),
                members(acme) + "/bob@example.com",
                acme.path("/teams/%s/members/%s".formatted(other.group("Theirs"), other.user("eve@example.com"))))) {
            error(rest.get(path), 404, "notFound");
            error(rest.patch(path, "{\"role\": \"admin\"}"), 404, "notFound");
            error(rest.delete(path), 404, "notFound");
        }
        error(
                rest.post(
                        acme.path("/teams/%s/members".formatted(other.group("Theirs"))),
                        "{\"email\": \"bob@example.com\"}"),
                404,
                "notFound");
        assertThat(other.scim().get("/Groups/" + other.group("Theirs")).body().path("members"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            member     | bob@example.com
            admin      | ada@example.com
            non_team   | gil@example.org, tess@example.org
            team_guest | tess@example.org
            """)
    void list_byRole(String role, String expected) {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .guest("gil@example.org", "Design")
                .teamGuest("tess@example.org", "Design")
                .create();

        JsonNode page = ok(acme.rest().get(members(acme) + "?role=" + role), 200);

        assertThat(each(page, "id"))
                .containsExactly(
                        Arrays.stream(expected.split(", ")).map(acme::user).toArray(String[]::new));
        assertThat(each(page, "role")).containsOnly(role.equals("team_guest") ? "non_team" : role);
    }

    @Test
    void list_inPages() {
        TestOrganization.Builder builder =
                TestOrganization.in(context).team("Design").team("Empty");
        for (int i = 0; i < 7; i++) {
            builder.member("p" + i + "@example.com", "Design");
        }
        TestOrganization acme = builder.create();
        RestClient rest = acme.rest();
        List<String> ids = new ArrayList<>();

        JsonNode page = ok(rest.get(members(acme) + "?limit=3"), 200);
        ids.addAll(each(page, "id"));
        assertThat(page.path("cursor").stringValue()).isEqualTo(ids.getLast());
        while (page.has("cursor")) {
            page = ok(
                    rest.get(members(acme) + "?limit=3&cursor="
                            + page.path("cursor").stringValue()),
                    200);
            ids.addAll(each(page, "id"));
        }

        assertThat(ids).hasSize(7).isSorted().doesNotHaveDuplicates();
        assertThat(Statements.of(() -> rest.get(members(acme) + "?limit=3&cursor=" + ids.get(2))))
                .hasSize(1);
        assertThat(ok(rest.get(acme.path("/teams/" + acme.group("Empty") + "/members")), 200)
                        .path("data"))
                .isEmpty();
    }

    /** Whoever reads page by page meets people who go in between. */
    @Test
    void lists_goOnAfterSomebodyWhoIsGone() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .member("cyd@example.com", "Design")
                .create();
        acme.scim().delete("/Users/" + acme.user("bob@example.com"));

        for (String path : List.of(acme.path("/members"), members(acme))) {
            JsonNode page = ok(acme.rest().get(path + "?cursor=" + acme.user("bob@example.com")), 200);
            assertThat(each(page, "id")).containsExactly(acme.user("cyd@example.com"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "cursor=x", "cursor=1", "role=owner", "role=Admin"})
    void list_withAWrongParameter(String query) {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("bob@example.com", "Design")
                .create();

        error(acme.rest().get(members(acme) + "?" + query), 400, "invalidParameters");
    }

    private static Answer invite(TestOrganization acme, String email, String role) {
        return acme.rest()
                .post(
                        members(acme),
                        role == null
                                ? "{\"email\": \"%s\"}".formatted(email)
                                : "{\"email\": \"%s\", \"role\": \"%s\"}".formatted(email, role));
    }

    private static String members(TestOrganization acme) {
        return acme.path("/teams/" + acme.group("Design") + "/members");
    }

    private static String place(TestOrganization acme, String email) {
        return members(acme) + "/" + acme.user(email);
    }

    private static List<String> scimMembers(TestOrganization acme) {
        return acme.scim()
                .get("/Groups/" + acme.group("Design"))
                .body()
                .path("members")
                .valueStream()
                .map(member -> member.path("value").stringValue())
                .toList();
    }
}

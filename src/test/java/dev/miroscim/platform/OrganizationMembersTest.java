package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.each;
import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.json;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.Statements;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class OrganizationMembersTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void member() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"customAdminRoles\": [\"Board Keeper\"]}")
                .person(
                        "Ada@example.com",
                        details -> details.setOrganizationRole("ORGANIZATION_INTERNAL_ADMIN")
                                .setAdminRoles(List.of(
                                        new AdminRole("User Admin", true), new AdminRole("Board Keeper", true))))
                .create();

        JsonNode member = ok(acme.rest().get(acme.path("/members/" + acme.user("Ada@example.com"))), 200);

        assertThat(member).isEqualTo(json("""
                {"id": "%s", "active": true, "email": "Ada@example.com", "license": "full", "licenseAssignedAt": "%s",
                 "role": "organization_internal_admin", "type": "organization-member",
                 "adminRoles": [{"type": "custom", "name": "Board Keeper"}, {"type": "prebuilt", "name": "User Admin"}]}
                """.formatted(
                acme.user("Ada@example.com"), member.path("licenseAssignedAt").stringValue())));
        assertThat(member.path("licenseAssignedAt").stringValue())
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ");
    }

    @Test
    void member_whoWasActive() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        new TransactionTemplate(context.getBean(PlatformTransactionManager.class))
                .executeWithoutResult(_ -> context.getBean(JdbcClient.class)
                        .sql("update membership set last_activity_at = '2026-03-01 13:14:15.678+01' "
                                + "where organization_id = ?")
                        .param(acme.id())
                        .update());

        JsonNode member = ok(acme.rest().get(acme.path("/members/" + acme.user("ada@example.com"))), 200);

        assertThat(member.path("lastActivityAt").stringValue()).isEqualTo("2026-03-01T12:14:15Z");
    }

    @Test
    void list_showsEverybody() {
        TestOrganization acme = TestOrganization.in(context)
                .companyAdmin("ada@example.com")
                .guest("gil@example.org")
                .deactivated("dan@example.com")
                .teamGuest("tess@example.org")
                .member("uma@example.com", License.FREE_RESTRICTED)
                .create();

        JsonNode page = ok(acme.rest().get(acme.path("/members")), 200);

        assertThat(page.propertyNames()).containsExactly("limit", "size", "data", "type");
        assertThat(page.path("limit").intValue()).isEqualTo(100);
        assertThat(page.path("size").intValue()).isEqualTo(5);
        assertThat(page.path("type").stringValue()).isEqualTo("cursor-list");
        assertThat(each(page, "email"))
                .containsExactly(
                        "ada@example.com", "gil@example.org", "dan@example.com", "tess@example.org", "uma@example.com");
        assertThat(each(page, "role"))
                .containsExactly(
                        "organization_internal_admin",
                        "organization_external_user",
                        "organization_internal_user",
                        "organization_team_guest_user",
                        "organization_internal_user");
        assertThat(page.path("data")
                        .valueStream()
                        .map(member -> member.path("active").booleanValue()))
                .containsExactly(true, true, false, true, true);
        assertThat(each(page, "license").getLast()).isEqualTo("free_restricted");
    }

    @Test
    void list_goesOnFromTheLastMemberReceived() {
        TestOrganization acme = people(5);
        RestClient rest = acme.rest();
        List<String> seen = new ArrayList<>();

        JsonNode page = ok(rest.get(acme.path("/members?limit=2")), 200);
        seen.addAll(each(page, "id"));
        assertThat(page.path("cursor").stringValue()).isEqualTo(seen.getLast());
        while (page.has("cursor")) {
            page = ok(
                    rest.get(acme.path(
                            "/members?limit=2&cursor=" + page.path("cursor").stringValue())),
                    200);
            seen.addAll(each(page, "id"));
        }

        assertThat(page.path("size").intValue()).isEqualTo(1);
        assertThat(seen).hasSize(5).doesNotHaveDuplicates().isSorted();
    }

    @Test
    void list_endsWhereAPageIsJustFull() {
        TestOrganization acme = people(4);

        JsonNode page = ok(acme.rest().get(acme.path("/members?limit=4&cursor=")), 200);

        assertThat(page.path("size").intValue()).isEqualTo(4);
        assertThat(page.has("cursor")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            role=organization_internal_admin                          | ada@example.com
            role=organization_internal_user                           | dan@example.com,fay@example.com
            role=organization_external_user                           | gil@example.org
            role=organization_team_guest_user                         |
            role=unknown                                              |
            license=free                                              | fay@example.com
            license=full&role=organization_internal_user              | dan@example.com
            license=occasional                                        |
            license=unknown                                           |
            active=true&license=full                                  | ada@example.com
            active=false                                              | dan@example.com
            active=true&role=organization_internal_user&license=free  | fay@example.com
            emails=FAY@example.com,nobody@example.com,gil@example.org | fay@example.com,gil@example.org
            emails=fay@example.com,dan@example.com&emails=Gil@example.org     | dan@example.com,fay@example.com,gil@example.org
            emails=%20fay@example.com%20,,dan@example.com,                    | dan@example.com,fay@example.com
            emails=fay@example.com,FAY@example.com                            | fay@example.com
            emails=                                                           |
            emails=,                                                          |
            emails=ada@example.com&role=organization_external_user&limit=1000 | ada@example.com
            """)
    void list_filtered(String query, String expected) {
        TestOrganization acme = TestOrganization.in(context)
                .companyAdmin("ada@example.com")
                .deactivated("dan@example.com")
                .member("fay@example.com", License.FREE)
                .guest("gil@example.org")
                .create();

        JsonNode found = ok(acme.rest().get(acme.path("/members?" + query)), 200);

        assertThat(found.isArray()).isEqualTo(query.startsWith("emails"));
        JsonNode members = found.isArray() ? found : found.path("data");
        assertThat(members.valueStream().map(member -> member.path("email").stringValue()))
                .containsExactly(expected == null ? new String[0] : expected.split(","));
    }

    /** Of some letters, Java and PostgreSQL make different small ones. */
    @Test
    void list_byEmail_inAnyCaseOfAnyLetter() {
        TestOrganization acme =
                TestOrganization.in(context).member("Änne.İsik@example.com").create();

        for (String email : List.of("Änne.İsik@example.com", "äNNE.İSIK@EXAMPLE.com")) {
            JsonNode found = ok(acme.rest().get(acme.path("/members?emails=" + email)), 200);
            assertThat(found.path(0).path("email").stringValue()).isEqualTo("Änne.İsik@example.com");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "limit=0",
                "limit=101",
                "limit=-1",
                "limit=ten",
                "limit=1.5",
                "cursor=abc",
                "cursor=-1",
                "cursor=99999999999999999999",
                "role=admin",
                "role=occasional",
                "license=Full (Trial)",
                "license=gold",
                "active=perhaps",
                "emails=1@x,2@x,3@x,4@x,5@x,6@x,7@x,8@x,9@x,10@x,11@x",
                "emails=1@x,2@x,3@x,4@x,5@x,6@x&emails=7@x,8@x,9@x,10@x,11@x"
            })
    void list_withAWrongParameter(String query) {
        TestOrganization acme = people(1);

        error(acme.rest().get(acme.path("/members?" + query)), 400, "invalidParameters");
    }

    @Test
    void member_whoIsNotThere() {
        TestOrganization acme = people(1);
        TestOrganization other = people(1);
        RestClient rest = acme.rest();
        String gone = acme.user("p0@example.com");
        ok(acme.rest().get(acme.path("/members/" + gone)), 200);
        acme.scim().delete("/Users/" + gone);

        for (String id : List.of(gone, other.user("p0@example.com"), "1", "me", "99999999999999999999")) {
            error(rest.get(acme.path("/members/" + id)), 404, "notFound");
        }
        assertThat(ok(rest.get(acme.path("/members")), 200).path("data")).isEmpty();
    }

    @Test
    void bothPlanesShowOneMember() {
        TestOrganization acme =
                TestOrganization.in(context).companyAdmin("ada@example.com").create();
        RestClient rest = acme.rest();

        JsonNode user = acme.scim()
                .post("/Users", "{\"userName\": \"new@example.com\", \"userType\": \"Free Restricted\"}")
                .body();
        JsonNode member = ok(rest.get(acme.path("/members/" + user.path("id").stringValue())), 200);
        assertThat(member.path("email").stringValue()).isEqualTo("new@example.com");
        assertThat(member.path("license").stringValue()).isEqualTo("free_restricted");
        assertThat(member.path("role").stringValue()).isEqualTo("organization_internal_user");
        assertThat(Instant.parse(member.path("licenseAssignedAt").stringValue()))
                .isNotNull();

        acme.scim().patchWith("/Users/" + user.path("id").stringValue(), """
                        {"op": "Replace", "path": "roles.value", "value": "ORGANIZATION_INTERNAL_ADMIN"},
                        {"op": "Replace", "path": "userType", "value": "Advanced"}
                        """);
        member = ok(rest.get(acme.path("/members?emails=new@example.com")), 200).path(0);
        assertThat(member.path("id")).isEqualTo(user.path("id"));
        assertThat(member.path("license").stringValue()).isEqualTo("advanced");
        assertThat(member.path("role").stringValue()).isEqualTo("organization_internal_admin");
    }

    @Test
    void list_takesOneStatementForThePageAndAtMostOneForAdminRoles() {
        TestOrganization acme = people(30);
        RestClient rest = acme.rest();
        rest.get(acme.path("/members"));

        assertThat(Statements.of(() -> rest.get(acme.path("/members?limit=20&license=full"))))
                .hasSizeLessThanOrEqualTo(2);
        assertThat(Statements.of(() -> rest.get(acme.path("/members?emails=p1@example.com,p2@example.com"))))
                .hasSizeLessThanOrEqualTo(2);
    }

    private TestOrganization people(int count) {
        TestOrganization.Builder organization = TestOrganization.in(context);
        for (int i = 0; i < count; i++) {
            organization.member("p" + i + "@example.com");
        }
        return organization.create();
    }
}

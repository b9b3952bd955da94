package dev.miroscim.scim.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.MiroRule;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Where an organisation's groups are user groups, providers create and delete them, and no rule of teams holds. */
@MiroScimTest
class UserGroupModelTest {

    @Autowired
    private ApplicationContext context;

    private TestOrganization acme;
    private ScimClient scim;

    @BeforeEach
    void anOrganisationOfTheUserGroupModel() {
        acme = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .member("bob@example.com")
                .deactivated("cleo@example.com")
                .guest("gus@example.com")
                .create();
        scim = acme.scim();
    }

    @Test
    void teamsAreNoGroups() {
        assertThat(scim.get("/Groups").text())
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":0,"
                        + "\"Resources\":[]}");
        assertThat(scim.get("/Groups/" + acme.group("Design")).status()).isEqualTo(404);
    }

    @Test
    void aGroupIsCreatedWithItsMembers() {
        Answer created = scim.post("/Groups", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Engineering",
                 "members": [{"value": "%s"}]}
                """.formatted(acme.user("bob@example.com")));

        assertThat(created.status()).isEqualTo(201);
        String id = id(created);
        assertThat(created.header("Location")).endsWith("/api/v1/scim/Groups/" + id);
        assertThat(created.text())
                .isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"id":"%1$s",\
                        "meta":{"resourceType":"Group","location":"%2$s"},"displayName":"Engineering",\
                        "members":[{"value":"%3$s","type":"User","display":"bob@example.com"}]}""".formatted(id, created.header("Location"), acme.user("bob@example.com")));
        assertThat(scim.get("/Groups/" + id).text()).isEqualTo(created.text());
    }

    @Test
    void aNameIsTakenOnce() {
        create("Engineering");

        Answer refused = scim.post("/Groups", "{\"displayName\": \"ENGINEERING\"}");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.rules()).contains(MiroRule.USER_GROUP_NAME_UNIQUE.id());
        assertThat(refused.body().path("detail").asString())
                .isEqualTo("displayName 'ENGINEERING' is the name of another user group");
    }

    /** Entra and Okta send attributes that no group of Miro has. */
    @Test
    void whatAGroupDoesNotHave_isIgnored() {
        Answer created = scim.post("/Groups", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "Engineering",
                 "id": "17", "meta": {"resourceType": "Group"}, "externalId": "8aa1a0c0", "description": "Builds"}
                """);

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.rules()).containsExactly(MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED.id());
        assertThat(created.body().propertyNames()).containsExactly("schemas", "id", "meta", "displayName", "members");
        assertThat(id(created)).isNotEqualTo("17");
    }

    @Test
    void aNewGroupNamesFewMembers() {
        String many =
                IntStream.rangeClosed(1, 8_001).mapToObj(Integer::toString).collect(Collectors.joining(","));
        String group = "{\"displayName\": \"Many\", \"members\": [%s]}".formatted(many);

        Answer refused = scim.post("/Groups", group);

        assertThat(refused.status()).isEqualTo(413);
        assertThat(refused.rules()).containsExactly(MiroRule.PAYLOAD_LIMIT.id());
        assertThat(scim.get("/Groups?filter=displayName eq \"Many\"").resources())
                .isEmpty();
    }

    /** More than PostgreSQL takes parameters in a statement. */
    @Test
    void aLargeGroupIsEmptiedAtOnce() {
        String id = create("Everybody", acme.user("ada@example.com"), acme.user("bob@example.com"));
        JdbcClient database = context.getBean(JdbcClient.class);
        database.sql("""
                        with people as (
                            insert into profile (id, universe_id, email, full_name, registered)
                            select nextval('miro_id'), o.universe_id, 'many' || n || '@example.com', 'Many', true
                            from organization o, generate_series(1, 33000) as n where o.id = :organization returning id),
                        members as (
                            insert into membership (id, organization_id, profile_id, role, admin_roles, status, license,
                                created_at, modified_at)
                            select nextval('miro_id'), :organization, id, 'INTERNAL_USER', array[]::text[], 'ACTIVE', 'FULL',
                                now(), now() from people returning id)
                        insert into user_group_member select :group, id, now() from members
                        """)
                .param("organization", acme.id())
                .param("group", Long.valueOf(id))
                .update();

        Answer emptied = scim.patchWith(
                "/Groups/" + id,
                "{\"op\": \"replace\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}"
                        .formatted(acme.user("bob@example.com")));

        assertThat(emptied.status()).as(emptied.text()).isEqualTo(200);
        assertThat(members(emptied)).containsExactly(acme.user("bob@example.com"));
    }

    /** GROUPS_NOT_REPLACED, here as in the other model. */
    @Test
    void noGroupIsReplaced() {
        String id = create("Engineering", acme.user("bob@example.com"));
        String group = "{\"displayName\": \"Builders\", \"members\": []}";

        Answer refused = scim.put("/Groups/" + id, group);
        switchTo("TEAMS");
        Answer refusedOfTeam = scim.put("/Groups/" + acme.group("Design"), group);
        switchTo("USER_GROUPS");

        assertMethodNotAllowed(refused, "DELETE, GET, HEAD, PATCH, OPTIONS");
        assertMethodNotAllowed(refusedOfTeam, "GET, HEAD, PATCH, OPTIONS");
        Answer kept = scim.get("/Groups/" + id);
        assertThat(kept.body().path("displayName").asString()).isEqualTo("Engineering");
        assertThat(members(kept)).containsExactly(acme.user("bob@example.com"));
    }

    private static void assertMethodNotAllowed(Answer answer, String allow) {
        assertThat(answer.status()).isEqualTo(405);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text())
                .isEqualTo("{\"error\":{\"message\":\"Endpoint is found, but this method is not allowed\","
                        + "\"reason\":\"methodNotAllowed\",\"code\":405}}");
        assertThat(answer.header("Allow")).isEqualTo(allow);
        assertThat(answer.rules()).containsExactly(MiroRule.GROUPS_NOT_REPLACED.id());
    }

    /** Teams and user groups are there side by side; the setting says which of them SCIM means. */
    @Test
    void theModelIsSwitchedBackAndForth() {
        String id = create("Engineering", acme.user("ada@example.com"));
        String user = "/Users/" + acme.user("ada@example.com");

        switchTo("TEAMS");
        assertThat(scim.get("/Groups").resources())
                .extracting(group -> group.path("displayName").asString())
                .containsExactly("Design");
        assertThat(scim.get(user).body().at("/groups/0/display").asString()).isEqualTo("Design");
        assertThat(scim.get("/Groups/" + id).status()).isEqualTo(404);
        assertThat(scim.delete("/Groups/" + id).status()).isEqualTo(405);

        switchTo("USER_GROUPS");
        assertThat(members(scim.get("/Groups/" + id))).containsExactly(acme.user("ada@example.com"));
        assertThat(scim.get(user).body().at("/groups/0/display").asString()).isEqualTo("Engineering");
    }

    /** Who is in a user group that is put into a team is not in the team by it, nor leaves it with the user group. */
    @Test
    void aGroupIsInSeveralTeams_whichItsMembersAreNot() {
        String id = create("Engineering", acme.user("bob@example.com"));
        RestClient rest = acme.rest();
        String team = acme.path("/teams/" + acme.group("Design"));
        String sales = rest.post(acme.path("/teams"), "{\"name\": \"Sales\"}")
                .body()
                .path("id")
                .asString();
        String place = "{\"userGroupId\": \"%s\", \"role\": \"member\"}".formatted(id);

        assertThat(rest.post(team + "/groups", place).status()).isEqualTo(201);
        assertThat(rest.post(acme.path("/teams/" + sales + "/groups"), place).status())
                .isEqualTo(201);
        assertThat(rest.get(acme.path("/groups/" + id + "/teams"))
                        .body()
                        .path("size")
                        .asInt())
                .isEqualTo(2);
        assertThat(rest.get(team + "/members").body().path("size").asInt()).isEqualTo(1);

        assertThat(scim.delete("/Groups/" + id).status()).isEqualTo(204);
        assertThat(rest.get(team + "/groups").body().path("size").asInt()).isZero();
        assertThat(rest.get(team + "/members").body().path("size").asInt()).isEqualTo(1);
    }

    @Test
    void aGroupWithoutAName_isRefused() {
        Answer refused = scim.post("/Groups", "{\"members\": []}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidValue");
        assertThat(scim.get("/Groups").body().path("totalResults").asInt()).isZero();
    }

    @Test
    void aGroupIsDeletedOnce_andItsMembersStay() {
        String id = create("Engineering", acme.user("bob@example.com"));

        assertThat(scim.delete("/Groups/" + id).status()).isEqualTo(204);
        assertThat(scim.delete("/Groups/" + id).status()).isEqualTo(404);
        assertThat(scim.get("/Groups/" + id).status()).isEqualTo(404);
        assertThat(scim.get("/Users/" + acme.user("bob@example.com")).status()).isEqualTo(200);
    }

    @Test
    void rulesOfTeamsDoNotHold() {
        String id = create("Engineering", acme.user("ada@example.com"), acme.user("cleo@example.com"));

        Answer emptied = scim.patchWith("/Groups/" + id, "{\"op\": \"remove\", \"path\": \"members\"}");

        assertThat(emptied.status()).isEqualTo(200);
        assertThat(members(emptied)).isEmpty();
        assertThat(emptied.rules()).isEmpty();
        assertThat(scim.get("/Users/" + acme.user("cleo@example.com"))
                        .body()
                        .path("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void guestsAndStrangers_areNoMembers() {
        Answer refused = scim.post(
                "/Groups",
                "{\"displayName\": \"Guests\", \"members\": [{\"value\": \"" + acme.user("gus@example.com") + "\"}]}");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.rules()).contains(MiroRule.GROUP_UNKNOWN_MEMBERS.id());
        assertThat(scim.get("/Groups").body().path("totalResults").asInt()).isZero();
    }

    @Test
    void entraPushesAGroup() {
        assertThat(scim.get("/Groups?excludedAttributes=members&filter=displayName eq \"Engineering\"")
                        .resources())
                .isEmpty();
        Answer created = scim.post("/Groups", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group",
                             "http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group"],
                 "externalId": "8aa1a0c0-c4c3-4bc0-b4a5-2ef676900159", "displayName": "Engineering",
                 "meta": {"resourceType": "Group"}}
                """);
        assertThat(created.status()).isEqualTo(201);
        String group = "/Groups/" + id(created);
        String bob = acme.user("bob@example.com");

        scim.patchWith(
                group,
                "{\"op\": \"Add\", \"path\": \"members\", \"value\": [{\"$ref\": null, \"value\": \"" + bob + "\"}]}");
        assertThat(members(scim.get(group))).containsExactly(bob);
        assertThat(scim.get("/Groups?attributes=id&filter=id eq " + id(created) + " and members eq " + bob)
                        .resources())
                .hasSize(1);

        scim.patchWith(
                group,
                "{\"op\": \"Remove\", \"path\": \"members\", \"value\": [{\"$ref\": null, \"value\": \"" + bob
                        + "\"}]}");
        assertThat(members(scim.get(group))).isEmpty();
        assertThat(scim.delete(group).status()).isEqualTo(204);
    }

    @Test
    void oktaPushesAGroup() {
        String id = create("Test SCIMv2");
        String ada = acme.user("ada@example.com");
        String bob = acme.user("bob@example.com");

        Answer renamed = scim.patchWith(
                "/Groups/" + id,
                "{\"op\": \"replace\", \"value\": {\"id\": \"" + id + "\", \"displayName\": \"Okta\"}}");
        Answer pushed = scim.patchWith(
                "/Groups/" + id,
                "{\"op\": \"replace\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}, {\"value\": \"%s\"}]}"
                        .formatted(ada, bob));
        Answer changed = scim.patchWith(
                "/Groups/" + id, "{\"op\": \"remove\", \"path\": \"members[value eq \\\"" + ada + "\\\"]\"}");

        assertThat(renamed.body().path("displayName").asString()).isEqualTo("Okta");
        assertThat(members(pushed)).containsExactlyInAnyOrder(ada, bob);
        assertThat(members(changed)).containsExactly(bob);
        assertThat(scim.get("/Groups?startIndex=1&count=100").resources()).hasSize(1);
    }

    @Test
    void aUserShowsItsUserGroups() {
        String id = create("Engineering", acme.user("ada@example.com"));
        String user = "/Users/" + acme.user("ada@example.com");

        String groups = "[{\"value\":\"" + id + "\",\"display\":\"Engineering\"}]";
        assertThat(scim.get(user).body().path("groups").toString()).isEqualTo(groups);
        assertThat(scim.patchWith(user, "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Ada\"}")
                        .body()
                        .path("groups")
                        .toString())
                .isEqualTo(groups);
        assertThat(scim.get("/Users?filter=groups.value eq \"" + id + "\"").resources())
                .hasSize(1);
        assertThat(scim.get("/Users?filter=groups.value eq \"" + acme.group("Design") + "\"")
                        .resources())
                .isEmpty();
    }

    private String create(String name, String... members) {
        String references = String.join(
                ", ",
                List.of(members).stream()
                        .map(id -> "{\"value\": \"" + id + "\"}")
                        .toList());
        return id(scim.post("/Groups", "{\"displayName\": \"" + name + "\", \"members\": [" + references + "]}"));
    }

    private void switchTo(String model) {
        Control.of(context).admin().changeSettings(Long.toString(acme.id()), Map.of("groupModel", model));
    }

    private static String id(Answer answer) {
        return answer.body().path("id").asString();
    }

    private static List<String> members(Answer answer) {
        return answer.body()
                .path("members")
                .valueStream()
                .map(member -> member.path("value").asString())
                .toList();
    }
}

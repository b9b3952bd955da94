package dev.miroscim.scim.groups;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.MiroRule;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

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
    }

    @Test
    void aGroupWithoutAName_isRefused() {
        Answer refused = scim.post("/Groups", "{\"members\": []}");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidValue");
        assertThat(scim.get("/Groups").body().path("totalResults").asInt()).isZero();
    }

    @Test
    void aGroupIsReplaced() {
        String id = create("Engineering", acme.user("ada@example.com"));

        Answer replaced = scim.put(
                "/Groups/" + id,
                "{\"displayName\": \"Builders\", \"members\": [{\"value\": \"" + acme.user("bob@example.com")
                        + "\"}]}");

        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.body().path("displayName").asString()).isEqualTo("Builders");
        assertThat(members(replaced)).containsExactly(acme.user("bob@example.com"));
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

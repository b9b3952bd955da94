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
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class UserGroupsTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void createReadChangeDelete() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        RestClient rest = acme.rest();

        JsonNode group =
                ok(rest.post(acme.path("/groups"), "{\"name\": \"Writers\", \"description\": \"Who writes\"}"), 201);
        String path = acme.path("/groups/" + group.path("id").stringValue());
        assertThat(group).isEqualTo(json("""
                {"id": "%s", "name": "Writers", "description": "Who writes", "type": "user-group"}
                """.formatted(group.path("id").stringValue())));
        assertThat(ok(rest.get(path), 200)).isEqualTo(group);

        JsonNode changed = ok(rest.patch(path, "{\"name\": \"Authors\"}"), 200);
        assertThat(changed.path("name").stringValue()).isEqualTo("Authors");
        assertThat(changed.path("description").stringValue()).isEqualTo("Who writes");
        changed = ok(rest.patch(path, "{\"description\": \"\"}"), 200);
        assertThat(changed.propertyNames()).containsExactly("id", "name", "type");
        assertThat(ok(rest.patch(path, "{}"), 200)).isEqualTo(changed);

        ok(rest.delete(path), 204);
        error(rest.get(path), 404, "notFound");
        error(rest.patch(path, "{\"name\": \"Again\"}"), 404, "notFound");
        error(rest.delete(path), 404, "notFound");
    }

    @Test
    void nameIsUniqueInTheOrganization() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        TestOrganization other = TestOrganization.create(context, "{}");
        create(acme, "Writers");
        String readers = create(acme, "Readers");

        Answer created = acme.rest().post(acme.path("/groups"), "{\"name\": \"WRITERS\"}");
        Answer renamed = acme.rest().patch(acme.path("/groups/" + readers), "{\"name\": \"writers\"}");

        error(created, 409, "conflict");
        assertThat(created.rules()).containsExactly("user-group-name-unique");
        error(renamed, 409, "conflict");
        create(other, "Writers");
        ok(acme.rest().patch(acme.path("/groups/" + readers), "{\"name\": \"READERS\"}"), 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"name\": \"\"}",
                "{\"name\": 1}",
                "{\"name\": \"%61\"}",
                "{\"name\": \"a\", \"description\": \"%301\"}"
            })
    void create_withWrongValues(String body) {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String sent = body.replace("%61", "x".repeat(61)).replace("%301", "x".repeat(301));

        error(acme.rest().post(acme.path("/groups"), sent), 400, "invalidParameters");

        assertThat(ok(acme.rest().get(acme.path("/groups")), 200).path("data")).isEmpty();
    }

    @Test
    void members_comeAndGo() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .deactivated("dan@example.com")
                .unregistered("uma@example.com")
                .guest("gil@example.org")
                .create();
        RestClient rest = acme.rest();
        String members = acme.path("/groups/" + create(acme, "Writers") + "/members");

        JsonNode ada = ok(rest.post(members, "{\"email\": \"ADA@example.com\"}"), 201);
        assertThat(ada).isEqualTo(json("""
                {"id": "%s", "email": "ada@example.com", "type": "user-group-member"}
                """.formatted(acme.user("ada@example.com"))));
        assertThat(ok(rest.get(members + "/" + acme.user("ada@example.com")), 200))
                .isEqualTo(ada);
        ok(rest.post(members, "{\"email\": \"dan@example.com\"}"), 201);
        ok(rest.post(members, "{\"email\": \"uma@example.com\"}"), 201);
        assertThat(ok(rest.get(acme.path("/members/" + acme.user("dan@example.com"))), 200)
                        .path("active")
                        .booleanValue())
                .isFalse();

        Answer again = rest.post(members, "{\"email\": \"ada@example.com\"}");
        error(again, 409, "conflict");
        assertThat(again.rules()).containsExactly("user-group-known-member");
        for (String email : List.of("gil@example.org", "nobody@example.com")) {
            Answer refused = rest.post(members, "{\"email\": \"%s\"}".formatted(email));
            error(refused, 400, "invalidParameters");
            assertThat(refused.rules()).containsExactly("user-group-members");
        }
        error(rest.post(members, "{}"), 400, "invalidParameters");
        assertThat(each(ok(rest.get(members), 200), "email"))
                .containsExactly("ada@example.com", "dan@example.com", "uma@example.com");

        // None of what leaving a team would do: the last admin may go, and the unregistered stays in the organisation.
        ok(rest.delete(members + "/" + acme.user("ada@example.com")), 204);
        ok(rest.delete(members + "/" + acme.user("uma@example.com")), 204);
        error(rest.delete(members + "/" + acme.user("ada@example.com")), 404, "notFound");
        error(rest.get(members + "/" + acme.user("ada@example.com")), 404, "notFound");
        ok(rest.get(acme.path("/members/" + acme.user("uma@example.com"))), 200);
    }

    @Test
    void whoLeavesTheOrganization_leavesTheUserGroup() {
        TestOrganization acme =
                TestOrganization.in(context).member("bob@example.com").create();
        String members = acme.path("/groups/" + create(acme, "Writers") + "/members");
        ok(acme.rest().post(members, "{\"email\": \"bob@example.com\"}"), 201);

        acme.scim().delete("/Users/" + acme.user("bob@example.com"));
        acme.scim().post("/Users", "{\"userName\": \"bob@example.com\"}");

        assertThat(ok(acme.rest().get(members), 200).path("data")).isEmpty();
    }

    @Test
    void bulk_addsAndRemoves() {
        TestOrganization acme = TestOrganization.in(context)
                .member("ada@example.com")
                .member("bob@example.com")
                .member("cid@example.com")
                .create();
        RestClient rest = acme.rest();
        String members = acme.path("/groups/" + create(acme, "Writers") + "/members");
        ok(rest.post(members, "{\"email\": \"cid@example.com\"}"), 201);

        Answer changed = rest.patch(members, """
                {"membersToAdd": ["%s", "BOB@example.com", "cid@example.com"], "membersToRemove": ["cid@example.com"]}
                """.formatted(acme.user("ada@example.com")));

        assertThat(ok(changed, 207)).isEqualTo(json("""
                [{"operation": "addMembers", "status": 200, "affectedUsers": [
                    {"id": "%s", "email": "ada@example.com", "type": "user-group-member"},
                    {"id": "%s", "email": "bob@example.com", "type": "user-group-member"}]},
                 {"operation": "removeMembers", "status": 200, "affectedUsers": [
                    {"id": "%s", "email": "cid@example.com", "type": "user-group-member"}]}]
                """.formatted(
                        acme.user("ada@example.com"), acme.user("bob@example.com"), acme.user("cid@example.com"))));
        assertThat(each(ok(rest.get(members), 200), "email")).containsExactly("ada@example.com", "bob@example.com");
    }

    /** Then there is an outcome of those who could be added, and one of those who could not. */
    @Test
    void bulk_addsWhomItCan() {
        TestOrganization acme = TestOrganization.in(context)
                .member("ada@example.com")
                .member("bob@example.com")
                .guest("gil@example.org")
                .create();
        RestClient rest = acme.rest();
        String members = acme.path("/groups/" + create(acme, "Writers") + "/members");
        ok(rest.post(members, "{\"email\": \"bob@example.com\"}"), 201);

        Answer answer = rest.patch(members, """
                {"membersToAdd": ["ada@example.com", "nobody@example.com", "1", "gil@example.org", "bob@example.com"]}
                """);

        assertThat(ok(answer, 207)).isEqualTo(json("""
                [{"operation": "addMembers", "status": 200, "affectedUsers": [
                    {"id": "%s", "email": "ada@example.com", "type": "user-group-member"}]},
                 {"operation": "addMembers", "status": 400, "error": {"status": 400, "code": "invalidParameters",
                  "message": "Not members of the organization: nobody@example.com, 1, gil@example.org", "type": "error"}}]
                """.formatted(acme.user("ada@example.com"))));
        assertThat(answer.rules()).containsExactlyInAnyOrder("user-group-members", "group-add-known-member");
        assertThat(each(ok(rest.get(members), 200), "email")).containsExactly("ada@example.com", "bob@example.com");
    }

    /** Java's lower case of the last letter depends on where it stands, and PostgreSQL's does not. */
    @Test
    void bulk_byAddressesInAnyCase() {
        TestOrganization acme =
                TestOrganization.in(context).member("ΟΔΟΣ@example.com").create();
        String members = acme.path("/groups/" + create(acme, "Writers") + "/members");

        JsonNode outcomes = ok(acme.rest().patch(members, """
                        {"membersToAdd": ["ΟΔΟΣ@example.com", "οδοσ@EXAMPLE.com"], "membersToRemove": ["%s"]}
                        """.formatted(acme.user("ΟΔΟΣ@example.com"))), 207);

        for (JsonNode outcome : outcomes) {
            assertThat(outcome.path("affectedUsers")).hasSize(1);
        }
    }

    @Test
    void bulk_addsNobody_orRemovesNobody() {
        TestOrganization acme = TestOrganization.in(context)
                .member("ada@example.com")
                .member("bob@example.com")
                .create();
        RestClient rest = acme.rest();
        String members = acme.path("/groups/" + create(acme, "Writers") + "/members");
        ok(rest.post(members, "{\"email\": \"bob@example.com\"}"), 201);

        JsonNode outcomes = ok(rest.patch(members, """
                        {"membersToAdd": ["nobody@example.com"], "membersToRemove": ["bob@example.com", "0%s"]}
                        """.formatted(acme.user("ada@example.com"))), 207);

        assertThat(outcomes.valueStream()
                        .map(outcome -> outcome.path("operation").stringValue()))
                .containsExactly("addMembers", "removeMembers");
        for (JsonNode outcome : outcomes) {
            assertThat(outcome.propertyNames()).containsExactly("operation", "status", "error");
            assertThat(outcome.path("status").intValue()).isEqualTo(400);
        }
        assertThat(each(ok(rest.get(members), 200), "email")).containsExactly("bob@example.com");
    }

    /** Whoever came in and what else the request did to the group were written by one and the same transaction. */
    @Test
    void bulk_isOneTransaction() {
        TestOrganization acme = TestOrganization.in(context)
                .member("ada@example.com")
                .member("bob@example.com")
                .create();
        RestClient rest = acme.rest();
        String group = create(acme, "Writers");
        String members = acme.path("/groups/" + group + "/members");
        ok(rest.post(members, "{\"email\": \"bob@example.com\"}"), 201);

        ok(
                rest.patch(
                        members,
                        "{\"membersToAdd\": [\"ada@example.com\"], \"membersToRemove\": [\"bob@example.com\"]}"),
                207);

        assertThat(context.getBean(JdbcClient.class)
                        .sql("""
                                select gm.xmin = g.xmin from user_group g join user_group_member gm on gm.user_group_id = g.id
                                where g.id = ?
                                """)
                        .param(Long.valueOf(group))
                        .query(Boolean.class)
                        .list())
                .containsExactly(true);
    }

    @Test
    void whoBecomesAGuest_leavesTheUserGroups() {
        TestOrganization acme =
                TestOrganization.in(context).member("bob@example.com").create();
        String members = acme.path("/groups/" + create(acme, "Writers") + "/members");
        ok(acme.rest().post(members, "{\"email\": \"bob@example.com\"}"), 201);

        context.getBean(Administration.class)
                .changePerson(
                        acme.id(),
                        Long.parseLong(acme.user("bob@example.com")),
                        new UserChanges().setOrganizationRole(OrganizationRole.EXTERNAL_USER.wireName()),
                        null,
                        null,
                        null);

        assertThat(ok(acme.rest().get(members), 200).path("data")).isEmpty();
    }

    @Test
    void bulk_ofFiveHundredAndNoMore() {
        TestOrganization.Builder builder = TestOrganization.in(context);
        IntStream.range(0, 500).forEach(i -> builder.member("p" + i + "@example.com"));
        TestOrganization acme = builder.create();
        RestClient rest = acme.rest();
        String members = acme.path("/groups/" + create(acme, "Everybody") + "/members");
        String everybody = IntStream.range(0, 500)
                .mapToObj(i -> "\"p" + i + "@example.com\"")
                .collect(Collectors.joining(",", "[", "]"));

        JsonNode outcomes = ok(rest.patch(members, "{\"membersToAdd\": %s}".formatted(everybody)), 207);

        assertThat(outcomes.path(0).path("affectedUsers")).hasSize(500);
        Answer refused =
                rest.patch(members, "{\"membersToRemove\": %s, \"membersToAdd\": [\"1\"]}".formatted(everybody));
        error(refused, 413, "contentTooLarge");
        assertThat(refused.rules()).containsExactly("user-group-bulk-limit");
        List<String> ids = new ArrayList<>();
        JsonNode page = ok(rest.get(members), 200);
        ids.addAll(each(page, "id"));
        while (page.has("cursor")) {
            page = ok(rest.get(members + "?cursor=" + page.path("cursor").stringValue()), 200);
            ids.addAll(each(page, "id"));
        }
        assertThat(ids).hasSize(500).doesNotHaveDuplicates();
        assertThat(Statements.of(() -> rest.get(members + "?cursor=" + ids.get(99))))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"membersToAdd\": [], \"membersToRemove\": []}",
                "{\"membersToAdd\": \"ada@example.com\"}",
                "{\"membersToAdd\": [1]}",
                "{\"membersToAdd\": [null]}"
            })
    void bulk_withWrongValues(String body) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        error(
                acme.rest().patch(acme.path("/groups/" + create(acme, "Writers") + "/members"), body),
                400,
                "invalidParameters");
    }

    @Test
    void teams_haveUserGroups() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .team("Sales")
                .member("ada@example.com")
                .create();
        RestClient rest = acme.rest();
        String writers = create(acme, "Writers");
        String readers = create(acme, "Readers");
        String design = acme.path("/teams/" + acme.group("Design") + "/groups");
        String ofWriters = acme.path("/groups/" + writers + "/teams");
        String body = "{\"userGroupId\": \"%s\", \"role\": \"member\"}";

        JsonNode place = ok(rest.post(design, body.formatted(writers)), 201);
        assertThat(place).isEqualTo(json("""
                {"id": "%s", "role": "member", "type": "team-user-group"}""".formatted(writers)));
        ok(rest.post(design, body.formatted(readers)), 201);
        ok(rest.post(acme.path("/teams/" + acme.group("Sales") + "/groups"), body.formatted(writers)), 201);

        assertThat(each(ok(rest.get(design), 200), "id")).containsExactly(writers, readers);
        assertThat(ok(rest.get(design + "?limit=1"), 200).path("cursor").stringValue())
                .isEqualTo(writers);
        assertThat(ok(rest.get(design + "/" + writers), 200)).isEqualTo(place);
        assertThat(each(ok(rest.get(ofWriters), 200), "id")).containsExactly(acme.group("Design"), acme.group("Sales"));
        assertThat(ok(rest.get(ofWriters + "/" + acme.group("Sales")), 200))
                .isEqualTo(json("""
                {"id": "%s", "role": "member", "type": "user-group-team"}""".formatted(acme.group("Sales"))));
        assertThat(ok(rest.get(acme.path("/teams/" + acme.group("Design") + "/members")), 200)
                        .path("data"))
                .isEmpty();
        assertThat(Statements.of(() -> rest.get(design))).hasSize(1);

        Answer again = rest.post(design, body.formatted(writers));
        error(again, 409, "conflict");
        assertThat(again.rules()).containsExactly("user-group-known-team");
        ok(rest.delete(design + "/" + writers), 204);
        error(rest.delete(design + "/" + writers), 404, "notFound");
        error(rest.get(ofWriters + "/" + acme.group("Design")), 404, "notFound");
        ok(rest.delete(acme.path("/groups/" + readers)), 204);
        assertThat(ok(rest.get(design), 200).path("data")).isEmpty();
    }

    @Test
    void teams_withWrongUserGroups() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();
        TestOrganization other = TestOrganization.in(context).team("Theirs").create();
        RestClient rest = acme.rest();
        String mine = create(acme, "Writers");
        String theirs = create(other, "Writers");
        String design = acme.path("/teams/" + acme.group("Design") + "/groups");
        String body = "{\"userGroupId\": \"%s\", \"role\": \"member\"}";

        for (String wrong : List.of(
                body.formatted(theirs),
                body.formatted("1"),
                body.formatted("Writers"),
                "{\"userGroupId\": \"%s\"}".formatted(mine),
                "{\"userGroupId\": \"%s\", \"role\": \"admin\"}".formatted(mine),
                "{\"role\": \"member\"}")) {
            error(rest.post(design, wrong), 400, "invalidParameters");
        }
        for (String path : List.of(
                acme.path("/groups/" + theirs),
                acme.path("/groups/" + theirs + "/members"),
                acme.path("/groups/" + theirs + "/teams"),
                acme.path("/groups/" + mine + "/teams/" + other.group("Theirs")),
                acme.path("/teams/" + other.group("Theirs") + "/groups"),
                design + "/" + theirs,
                design + "/" + mine)) {
            error(rest.get(path), 404, "notFound");
        }
        error(
                rest.post(acme.path("/teams/" + other.group("Theirs") + "/groups"), body.formatted(mine)),
                404,
                "notFound");
        assertThat(ok(rest.get(design), 200).path("data")).isEmpty();
    }

    private static String create(TestOrganization organization, String name) {
        return ok(organization.rest().post(organization.path("/groups"), "{\"name\": \"%s\"}".formatted(name)), 201)
                .path("id")
                .stringValue();
    }
}

package dev.miroscim.emulator.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

@MiroScimTest
class SnapshotsTest {

    @Autowired
    ApplicationContext context;

    private Control control;
    private TestOrganization acme;
    private ScimClient scim;

    @BeforeEach
    void organization() {
        control = Control.of(context);
        acme = TestOrganization.in(context)
                .settings("""
                        {"seats": {"Full": 5}}""")
                .team("Design")
                .team("Sales")
                .companyAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design", "Sales")
                .member("cat@example.com", "Sales")
                .deactivated("dan@example.com")
                .guest("gil@example.org", "Design")
                .board("Plan", "Design", "bob@example.com")
                .create();
        scim = acme.scim();
    }

    private String path(String rest) {
        return "/organizations/" + acme.id() + rest;
    }

    private void take(String name) {
        assertThat(control.post(path("/snapshots"), "{\"name\": \"" + name + "\"}")
                        .status())
                .isEqualTo(201);
    }

    private void restore(String name) {
        assertThat(control.post(path("/snapshots/" + name + "/restore"), "").status())
                .isEqualTo(204);
    }

    private JsonNode changes(String since) {
        Control.Answer answer = control.get(path("/changes?since=" + since));
        assertThat(answer.status()).isEqualTo(200);
        return answer.body();
    }

    private static List<String> emails(JsonNode people) {
        return people.valueStream()
                .map(person -> person.path("email").asString())
                .toList();
    }

    /** All that the planes and the control API show of it, ids and times included. */
    private List<String> everything() {
        return Stream.of("/people", "/teams", "/boards", "/settings", "/seed?ids=true")
                .map(part -> control.get(path(part)).text())
                .toList();
    }

    @Test
    void take_isListedAndShown() {
        Control.Answer taken = control.post(path("/snapshots"), "{\"name\": \"before\"}");

        assertThat(taken.status()).isEqualTo(201);
        assertThat(taken.headers().firstValue("Location")).contains("/emulator" + path("/snapshots/before"));
        assertThat(taken.body().path("people").asInt()).isEqualTo(5);
        take("later");
        assertThat(control.get(path("/snapshots")).body().valueStream())
                .extracting(snapshot -> snapshot.path("name").asString())
                .containsExactly("before", "later");
        assertThat(control.get(path("/snapshots/before")).body()).isEqualTo(taken.body());
        assertThat(control.delete(path("/snapshots/before")).status()).isEqualTo(204);
        assertThat(control.get(path("/snapshots/before")).status()).isEqualTo(404);
        assertThat(control.delete(path("/snapshots/before")).status()).isEqualTo(404);
        assertThat(control.post(path("/snapshots/before/restore"), "").status()).isEqualTo(404);
        assertThat(control.get(path("/changes?since=before")).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"name\": \"\"}", "{\"name\": \"a/b\"}", "{\"name\": \"..\"}", "{\"name\": \"a;b\"}"})
    void take_needsANameThatFitsIntoAPath(String body) {
        assertThat(control.post(path("/snapshots"), body).status()).isEqualTo(400);
    }

    @Test
    void take_ofNoOrganization() {
        assertThat(control.post("/organizations/1/snapshots", "{\"name\": \"a\"}")
                        .status())
                .isEqualTo(404);
        assertThat(control.get("/organizations/1/snapshots").status()).isEqualTo(404);
        assertThat(control.get("/organizations/1/changes").status()).isEqualTo(404);
    }

    @Test
    void take_keepsAsManyAsThereIsRoomFor() {
        for (int i = 0; i < 50; i++) {
            take("n" + i);
        }

        Control.Answer refused = control.post(path("/snapshots"), "{\"name\": \"one more\"}");
        assertThat(refused.status()).isEqualTo(409);
        take("n7");
        assertThat(control.post(path("/reset"), "").status()).isEqualTo(204);
    }

    @Test
    void restore_isWhatItWas() {
        List<String> before = everything();
        take("before");

        scim.patchWith(
                "/Users/" + acme.user("bob@example.com"),
                "{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"rob@example.com\"}");
        scim.post("/Users", "{\"userName\": \"bob@example.com\", \"displayName\": \"Another Bob\"}");
        scim.post("/Users", "{\"userName\": \"eve@example.com\"}");
        scim.delete("/Users/" + acme.user("cat@example.com"));
        scim.patchWith(
                "/Groups/" + acme.group("Design"),
                "{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}"
                        .formatted(acme.user("dan@example.com")));
        control.post(path("/teams"), "{\"name\": \"New\"}");
        control.patch(path("/settings"), "{\"seats\": {\"Full\": 1}, \"groupModel\": \"USER_GROUPS\"}");
        assertThat(everything()).isNotEqualTo(before);
        restore("before");

        assertThat(everything()).isEqualTo(before);
        assertThat(scim.get("/Users/" + acme.user("cat@example.com")).status()).isEqualTo(200);
        assertThat(scim.get("/Users?filter=userName eq \"bob@example.com\"").resources())
                .extracting(user -> user.path("id").asString())
                .containsExactly(acme.user("bob@example.com"));
        assertThat(changes("before").path("people").path("changed")).isEmpty();
    }

    @Test
    void restore_swapsAddressesAndNames() {
        take("before");
        String ada = acme.user("ada@example.com");
        String bob = acme.user("bob@example.com");
        rename(ada, "tmp@example.com");
        rename(bob, "ada@example.com");
        rename(ada, "bob@example.com");
        control.patch(path("/teams/" + acme.group("Design")), "{\"name\": \"T\", \"securityGroup\": \"T\"}");
        control.patch(path("/teams/" + acme.group("Sales")), "{\"name\": \"Design\", \"securityGroup\": \"Design\"}");
        control.patch(path("/teams/" + acme.group("Design")), "{\"name\": \"Sales\", \"securityGroup\": \"Sales\"}");

        restore("before");

        assertThat(scim.get("/Users/" + ada).body().path("userName").asString()).isEqualTo("ada@example.com");
        assertThat(scim.get("/Users/" + bob).body().path("userName").asString()).isEqualTo("bob@example.com");
        assertThat(scim.get("/Groups/" + acme.group("Design"))
                        .body()
                        .path("displayName")
                        .asString())
                .isEqualTo("Design");
    }

    private void rename(String id, String email) {
        assertThat(control.patch(path("/people/" + id), "{\"email\": \"" + email + "\"}")
                        .status())
                .isEqualTo(200);
    }

    /** A reset gives everything new rows. */
    @Test
    void restore_afterAReset() {
        scim.post("/Users", "{\"userName\": \"eve@example.com\"}");
        take("with-eve");
        List<String> before = everything();
        control.post(path("/reset"), "");
        assertThat(everything()).isNotEqualTo(before);

        restore("with-eve");

        assertThat(everything()).isEqualTo(before);
        assertThat(StoredOrganization.of(acme).boardOwners()).containsEntry("Plan", "bob@example.com");
    }

    @Test
    void restore_addressThatAnotherOrganizationHasByNow() {
        TestOrganization other = TestOrganization.in(context).inUniverseOf(acme).create();
        take("before");
        rename(acme.user("bob@example.com"), "rob@example.com");
        other.scim().post("/Users", "{\"userName\": \"bob@example.com\"}");

        Control.Answer refused = control.post(path("/snapshots/before/restore"), "");

        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("bob@example.com");
        assertThat(scim.get("/Users/" + acme.user("bob@example.com"))
                        .body()
                        .path("userName")
                        .asString())
                .isEqualTo("rob@example.com");
    }

    @Test
    void restore_endsTheAuditLogWhereItWas() {
        RestClient rest = acme.rest();
        scim.post("/Users", "{\"userName\": \"eve@example.com\"}");
        String range = "/v2/audit/logs?createdAfter=2000-01-01T00:00:00Z&createdBefore=2100-01-01T00:00:00Z";
        int before = rest.get(range).body().path("data").size();
        take("before");
        scim.post("/Users", "{\"userName\": \"fay@example.com\"}");
        assertThat(rest.get(range).body().path("data").size()).isGreaterThan(before);

        restore("before");

        assertThat(rest.get(range).body().path("data").size()).isEqualTo(before).isPositive();
    }

    @Test
    void changes_inTheWordsOfAnAdministrator() {
        take("before");
        String bob = acme.user("bob@example.com");
        scim.post("/Users", "{\"userName\": \"eve@example.com\"}");
        scim.patchWith(
                "/Users/" + bob, "{\"op\": \"replace\", \"path\": \"userName\", \"value\": \"rob@example.com\"}");
        scim.patchWith("/Users/" + acme.user("dan@example.com"), """
                {"op": "replace", "path": "active", "value": true}""");
        scim.patchWith("/Users/" + acme.user("cat@example.com"), """
                {"op": "replace", "path": "active", "value": false}""");
        scim.patchWith("/Groups/" + acme.group("Sales"), """
                {"op": "remove", "path": "members[value eq \\"%s\\"]"}""".formatted(bob));
        scim.patchWith("/Groups/" + acme.group("Sales"), """
                {"op": "add", "path": "members", "value": [{"value": "%s"}]}""".formatted(acme.user("ada@example.com")));
        scim.post("/Groups", "{\"displayName\": \"Refused\"}");
        control.patch(path("/settings"), "{\"seats\": {\"Full\": 7}}");

        JsonNode changes = changes("before");

        assertThat(changes.path("since").path("name").asString()).isEqualTo("before");
        JsonNode people = changes.path("people");
        assertThat(emails(people.path("created"))).containsExactly("eve@example.com");
        assertThat(emails(people.path("reactivated"))).containsExactly("dan@example.com");
        assertThat(emails(people.path("deactivated"))).containsExactly("cat@example.com");
        assertThat(people.path("changed")
                        .valueStream()
                        .filter(changed ->
                                changed.path("person").path("id").asString().equals(bob)))
                .singleElement()
                .satisfies(changed -> assertThat(changed.path("changes").valueStream())
                        .anySatisfy(change -> {
                            assertThat(change.path("name").asString()).isEqualTo("email");
                            assertThat(change.path("from").asString()).isEqualTo("bob@example.com");
                            assertThat(change.path("to").asString()).isEqualTo("rob@example.com");
                        }));
        assertThat(changes.path("teams").path("joined").valueStream())
                .extracting(joined -> joined.path("group").path("name").asString() + " "
                        + joined.path("person").path("email").asString())
                .contains("Sales ada@example.com");
        assertThat(changes.path("teams").path("left").valueStream())
                .extracting(left -> left.path("group").path("name").asString() + " "
                        + left.path("person").path("email").asString())
                .contains("Sales rob@example.com");
        assertThat(changes.path("settings").valueStream())
                .extracting(setting -> setting.path("name").asString())
                .containsExactly("seats");
        assertThat(changes.path("refused").valueStream())
                .extracting(refused -> refused.path("calls").asInt())
                .containsExactly(1);
    }

    @Test
    void changes_peopleWhoLeave() {
        take("before");
        scim.delete("/Users/" + acme.user("bob@example.com"));

        JsonNode changes = changes("before");

        assertThat(emails(changes.path("people").path("gone"))).containsExactly("bob@example.com");
        assertThat(changes.path("teams").path("left").size()).isEqualTo(2);
        assertThat(changes.path("seats").valueStream())
                .singleElement()
                .satisfies(seats -> assertThat(seats.path("before").asInt())
                        .isEqualTo(seats.path("after").asInt() + 1));
        assertThat(changes.path("boards").path("moved").valueStream())
                .extracting(move -> "%s: %s to %s"
                        .formatted(
                                move.path("to").path("board").path("name").asString(),
                                move.path("from").path("owner").path("email").asString(),
                                move.path("to").path("owner").path("email").asString()))
                .containsExactly("Plan: bob@example.com to ada@example.com");
    }

    @Test
    void changes_sinceTheNewestUnlessTold() {
        take("first");
        scim.post("/Users", "{\"userName\": \"eve@example.com\"}");
        take("second");

        assertThat(changes("first").path("people").path("created")).hasSize(1);
        JsonNode newest = control.get(path("/changes")).body();
        assertThat(newest.path("since").path("name").asString()).isEqualTo("second");
        assertThat(newest.path("people").path("created")).isEmpty();
    }

    /** A reset gives people and boards new rows, which are no changes. */
    @Test
    void changes_afterAResetAreNone() {
        String seed = control.get(path("/seed?ids=true")).text();
        assertThat(control.put(path("/seed"), "{\"organizations\": [" + seed + "]}")
                        .status())
                .isEqualTo(204);
        take("before");
        assertThat(control.post(path("/reset"), "").status()).isEqualTo(204);

        JsonNode changes = changes("before");

        assertThat(changes.path("people").valueStream()).allMatch(JsonNode::isEmpty);
        assertThat(changes.path("teams").valueStream()).allMatch(JsonNode::isEmpty);
        assertThat(changes.path("boards").valueStream()).allMatch(JsonNode::isEmpty);
        assertThat(control.get(path("/snapshots")).body().valueStream())
                .extracting(snapshot -> snapshot.path("name").asString())
                .containsExactly("seed", "before", "reset");
        assertThat(changes("reset").path("people").valueStream()).allMatch(JsonNode::isEmpty);
    }
}

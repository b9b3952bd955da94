package dev.miroscim.scim;

import static dev.miroscim.AnswerAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** That {@code attributes} and {@code excludedAttributes} say what is in an answer, whatever the call. */
@MiroScimTest
class AttributesTest {

    private static final String SOME = "?attributes=id,userName,active&email=a@example.com";

    @Autowired
    private ApplicationContext context;

    private TestOrganization acme;
    private ScimClient scim;
    private String ada;
    private String design;

    @BeforeEach
    void makeOrganization() {
        acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com", "Design")
                .guest("gus@example.com")
                .create();
        scim = acme.scim();
        ada = "/Users/" + acme.user("ada@example.com");
        design = "/Groups/" + acme.group("Design");
    }

    @Test
    void users_haveThoseThatAreAskedFor() {
        Answer created = scim.post("/Users" + SOME, "{\"userName\": \"bob@example.com\", \"displayName\": \"Bob\"}");
        assertHas(created, 201, "schemas", "id", "userName", "active");
        assertThat(created.header("Location"))
                .endsWith("/Users/" + created.body().path("id").asString());

        assertHas(scim.get(ada + SOME), 200, "schemas", "id", "userName", "active");
        assertHas(
                scim.put(ada + SOME, "{\"userName\": \"ada@example.com\", \"displayName\": \"Ada\"}"),
                200,
                "schemas",
                "id",
                "userName",
                "active");
        Answer patched = scim.patchWith(ada + SOME, "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}");
        assertHas(patched, 200, "schemas", "id", "userName", "active");
        assertThat(patched.body().path("active").asBoolean()).isFalse();
        assertThat(scim.get("/Users" + SOME).resources())
                .hasSize(2)
                .allSatisfy(user -> assertThat(user.propertyNames())
                        .containsExactlyInAnyOrder("schemas", "id", "userName", "active"));
    }

    @Test
    void users_doNotHaveThoseThatAreExcluded() {
        String excluded = "?excludedAttributes=meta,groups,name.familyName";

        for (Answer answer : List.of(
                scim.post("/Users" + excluded, "{\"userName\": \"bob@example.com\", \"displayName\": \"Bob B\"}"),
                scim.get(ada + excluded),
                scim.put(ada + excluded, "{\"userName\": \"ada@example.com\", \"displayName\": \"Ada L\"}"),
                scim.patchWith(
                        ada + excluded, "{\"op\": \"replace\", \"path\": \"preferredLanguage\", \"value\": \"de\"}"))) {
            assertThat(answer.status()).as(answer.text()).isIn(200, 201);
            assertThat(answer.body().propertyNames())
                    .contains("schemas", "id", "userName", "name", "emails", "active")
                    .doesNotContain("meta", "groups");
            assertThat(answer.body().path("name").propertyNames()).doesNotContain("familyName");
            assertThat(answer.header("Location") != null).isEqualTo(answer.status() == 201);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"TEAMS", "USER_GROUPS"})
    void groups_haveThoseThatAreAskedFor(String model) {
        acme.decide(context, "{\"groupModel\": \"%s\"}".formatted(model));
        String group = design;
        if (model.equals("USER_GROUPS")) {
            Answer created =
                    scim.post("/Groups?attributes=displayName&email=x", """
                    {"displayName": "Readers", "members": [{"value": "%s"}]}
                    """.formatted(acme.user("ada@example.com")));
            assertHas(created, 201, "schemas", "id", "displayName");
            group = "/Groups/" + created.body().path("id").asString();
            assertThat(created.header("Location")).endsWith(group);
            assertHas(
                    scim.post("/Groups?excludedAttributes=meta,members", "{\"displayName\": \"Writers\"}"),
                    201,
                    "schemas",
                    "id",
                    "displayName");
        }

        assertHas(scim.get(group + "?attributes=members.value"), 200, "schemas", "id", "members");
        assertHas(
                scim.patchWith(
                        group + "?attributes=displayName&unknown=1",
                        "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Artists\"}"),
                200,
                "schemas",
                "id",
                "displayName");
        assertHas(
                scim.patchWith(
                        group + "?excludedAttributes=members",
                        "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Painters\"}"),
                200,
                "schemas",
                "id",
                "meta",
                "displayName");
        assertThat(scim.get("/Groups?attributes=displayName").resources())
                .allSatisfy(found -> assertThat(found.propertyNames()).containsExactly("schemas", "id", "displayName"));
    }

    /** What the answer cannot be is found out before anything is done. */
    @Test
    void namesThatCannotBeRead_areRefusedAndNothingIsDone() {
        String names = "?attributes=user%20name%5B";

        for (Answer refused : List.of(
                scim.post("/Users" + names, "{\"userName\": \"bob@example.com\"}"),
                scim.put(ada + names, "{\"userName\": \"ada@example.com\", \"displayName\": \"Other\"}"),
                scim.patchWith(ada + names, "{\"op\": \"replace\", \"path\": \"active\", \"value\": false}"),
                scim.patchWith(design + names, "{\"op\": \"remove\", \"path\": \"members\"}"))) {
            assertThat(refused).hasStatus(400);
            assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidValue");
        }
        assertThat(scim.get("/Users?count=0").body().path("totalResults").asInt())
                .isEqualTo(1);
        assertThat(scim.get(ada).body().path("active").asBoolean()).isTrue();
        assertThat(scim.get(design).body().path("members")).hasSize(1);
    }

    @Test
    void namesOfAnotherResource_areRefused() {
        String user = "urn:ietf:params:scim:schemas:core:2.0:User:displayName";
        String group = "urn:ietf:params:scim:schemas:core:2.0:Group:displayName";

        for (String parameter : List.of("?attributes=", "?excludedAttributes=")) {
            for (Answer refused : List.of(
                    scim.get("/Users" + parameter + group),
                    scim.get(ada + parameter + group),
                    scim.post("/Users" + parameter + group, "{\"userName\": \"bob@example.com\"}"),
                    scim.get("/Groups" + parameter + user),
                    scim.get(design + parameter + user))) {
                assertThat(refused).hasStatus(400);
                assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidValue");
            }
        }
        assertThat(scim.get("/Users?count=0").body().path("totalResults").asInt())
                .isEqualTo(1);
    }

    @Test
    void filterInParentheses_sortedByGivenName() {
        scim.post(
                "/Users",
                "{\"userName\": \"zoe@example.com\", \"name\": {\"givenName\": \"Aaron\", \"familyName\": \"Z\"}}");
        scim.post(
                "/Users",
                "{\"userName\": \"bob@example.com\", \"name\": {\"givenName\": \"Zoe\", \"familyName\": \"A\"}}");

        Answer found = scim.get("/Users?filter=(active eq true)&sortBy=name.givenName&startIndex=0&count=9999"
                + "&attributes=userName");

        assertThat(found).hasStatus(200);
        assertThat(found.body().path("startIndex").asInt()).isEqualTo(1);
        assertThat(found.resources())
                .extracting(user -> user.path("userName").asString())
                .containsSubsequence("zoe@example.com", "bob@example.com")
                .hasSize(3);
    }

    /** Word for word as Miro says it, of whatever cannot be seen. */
    @ParameterizedTest
    @ValueSource(strings = {"TEAMS", "USER_GROUPS"})
    void whatIsNotThere_isNoResource(String model) {
        acme.decide(context, "{\"groupModel\": \"%s\"}".formatted(model));
        TestOrganization other = TestOrganization.in(context)
                .team("Theirs")
                .member("eve@example.org")
                .create();
        String patch = "{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"x\"}";

        for (String id : List.of("1", "nobody", "007", acme.user("gus@example.com"), other.user("eve@example.org"))) {
            for (Answer answer : List.of(
                    scim.get("/Users/" + id),
                    scim.put("/Users/" + id, "{\"userName\": \"x@example.com\"}"),
                    scim.patchWith("/Users/" + id, patch),
                    scim.delete("/Users/" + id))) {
                assertThat(answer).isError(404, "No resource with ID " + id);
            }
        }
        for (String id : List.of("1", "none", acme.user("ada@example.com"), other.group("Theirs"))) {
            for (Answer answer : List.of(scim.get("/Groups/" + id), scim.patchWith("/Groups/" + id, patch))) {
                assertThat(answer).isError(404, "No resource with ID " + id);
            }
            if (model.equals("USER_GROUPS")) {
                assertThat(scim.delete("/Groups/" + id)).isError(404, "No resource with ID " + id);
            }
        }
    }

    private static void assertHas(Answer answer, int status, String... attributes) {
        assertThat(answer).hasStatus(status);
        assertThat(answer.body().propertyNames()).containsExactlyInAnyOrder(attributes);
    }
}

package dev.miroscim.scim.users;

import static dev.miroscim.AnswerAssert.assertThat;
import static dev.miroscim.directory.MiroRule.CREATED_DEACTIVATED;
import static dev.miroscim.directory.MiroRule.DEACTIVATED_USER_IS_TAKEN;
import static dev.miroscim.directory.MiroRule.DEFAULT_LICENSE;
import static dev.miroscim.directory.MiroRule.DELETED_USER_CREATED_AGAIN;
import static dev.miroscim.directory.MiroRule.DOMAIN_ALLOW_LIST;
import static dev.miroscim.directory.MiroRule.EMAILS_DERIVED_FROM_USER_NAME;
import static dev.miroscim.directory.MiroRule.EXISTING_PROFILE_JOINS;
import static dev.miroscim.directory.MiroRule.NEW_USERS_JOIN_DEFAULT_TEAM;
import static dev.miroscim.directory.MiroRule.READ_ONLY_ATTRIBUTE_IGNORED;
import static dev.miroscim.directory.MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED;
import static dev.miroscim.directory.MiroRule.USER_NAME_IS_EMAIL;
import static dev.miroscim.directory.MiroRule.USER_NAME_UNIQUE;
import static dev.miroscim.directory.MiroRule.VALUE_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class CreateUserTest {

    @Autowired
    ApplicationContext context;

    @Test
    void userNameAlone_isAUser() {
        TestOrganization acme = TestOrganization.in(context)
                .defaultTeam("Everyone")
                .team("Design")
                .create();

        Answer created = acme.scim().post("/Users", """
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.com"}
                        """);

        String id = created.body().path("id").asString();
        String location = acme.scim().baseUrl() + "/Users/" + id;
        assertThat(created).hasStatus(201).hasRules(DEFAULT_LICENSE, NEW_USERS_JOIN_DEFAULT_TEAM);
        assertThat(id).matches("[0-9]{19}");
        assertThat(created.header("Location")).isEqualTo(location);
        assertThat(created.header("Content-Type")).startsWith("application/scim+json");
        assertThat(created.text())
                .isEqualTo(("{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"%1$s\","
                                + "\"meta\":{\"resourceType\":\"User\",\"location\":\"%2$s\"},"
                                + "\"userName\":\"ada@example.com\","
                                + "\"name\":{\"formatted\":\"ada@example.com\",\"givenName\":\"ada@example.com\"},"
                                + "\"displayName\":\"ada@example.com\",\"userType\":\"Full\",\"active\":true,"
                                + "\"emails\":[{\"value\":\"ada@example.com\",\"display\":\"ada@example.com\","
                                + "\"type\":\"work\",\"primary\":true}],"
                                + "\"groups\":[{\"value\":\"%3$s\",\"display\":\"Everyone\"}],"
                                + "\"roles\":[{\"type\":\"organization_user_role\","
                                + "\"value\":\"ORGANIZATION_INTERNAL_USER\",\"display\":\"Member\","
                                + "\"primary\":true}]}")
                        .formatted(id, location, acme.group("Everyone")));
        assertThat(acme.scim().get("/Users/" + id).text()).isEqualTo(created.text());
        assertThat(StoredOrganization.of(acme).team("Everyone")).containsEntry("ada@example.com", "MEMBER");
        assertThat(StoredOrganization.of(acme).team("Design")).isEmpty();
    }

    @Test
    void everyAttribute_isKept() {
        TestOrganization acme =
                TestOrganization.in(context).defaultTeam("Product").create();

        Answer created = acme.scim().post("/Users", """
                        {
                          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User",
                                      "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"],
                          "userName": "John.Doe@example.com",
                          "displayName": "John Doe",
                          "name": {"formatted": "John Doe", "givenName": "John", "familyName": "Doe"},
                          "userType": "Full",
                          "active": true,
                          "preferredLanguage": "en_US",
                          "photos": [{"type": "photo", "value": "https://example.com/path_to_image.jpg"}],
                          "roles": [
                            {"type": "organization_user_role", "value": "ORGANIZATION_INTERNAL_USER", "display": "Member",
                             "primary": true},
                            {"type": "organization_admin_role", "value": "Content Admin", "primary": false}],
                          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
                            "employeeNumber": "E0001", "costCenter": "CS001", "organization": "OrgX",
                            "division": "Div001", "department": "DeptA",
                            "manager": {"value": "3074457365265951581", "displayName": "Jane Boss"}}
                        }
                        """);

        String id = created.body().path("id").asString();
        assertThat(created).hasStatus(201).hasRules(NEW_USERS_JOIN_DEFAULT_TEAM);
        assertThat(created.text())
                .isEqualTo(("{\"schemas\":[\"urn:ietf:params:scim:schemas:core:2.0:User\"],\"id\":\"%s\","
                                + "\"meta\":{\"resourceType\":\"User\",\"location\":\"%s\"},"
                                + "\"userName\":\"John.Doe@example.com\","
                                + "\"name\":{\"formatted\":\"John Doe\",\"givenName\":\"John\","
                                + "\"familyName\":\"Doe\"},"
                                + "\"displayName\":\"John Doe\",\"userType\":\"Full\",\"active\":true,"
                                + "\"emails\":[{\"value\":\"John.Doe@example.com\","
                                + "\"display\":\"John.Doe@example.com\",\"type\":\"work\",\"primary\":true}],"
                                + "\"photos\":[{\"type\":\"photo\","
                                + "\"value\":\"https://example.com/path_to_image.jpg\"}],"
                                + "\"groups\":[{\"value\":\"%s\",\"display\":\"Product\"}],"
                                + "\"roles\":[{\"type\":\"organization_user_role\","
                                + "\"value\":\"ORGANIZATION_INTERNAL_USER\",\"display\":\"Member\","
                                + "\"primary\":true},{\"type\":\"organization_admin_role\","
                                + "\"value\":\"Content Admin\",\"display\":\"Content Admin\",\"primary\":false}],"
                                + "\"preferredLanguage\":\"en_US\","
                                + "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\":{"
                                + "\"employeeNumber\":\"E0001\",\"costCenter\":\"CS001\","
                                + "\"organization\":\"OrgX\",\"division\":\"Div001\",\"department\":\"DeptA\","
                                + "\"manager\":{\"value\":\"3074457365265951581\","
                                + "\"displayName\":\"Jane Boss\"}}}")
                        .formatted(id, created.header("Location"), acme.group("Product")));
        assertThat(acme.scim().get("/Users/" + id).text()).isEqualTo(created.text());
    }

    @Test
    void withoutDefaultTeam_userIsInNone() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();

        Answer created = acme.scim().post("/Users", "{\"userName\": \"ada@example.com\", \"userType\": \"Full\"}");

        assertThat(created).hasStatus(201).hasNoRules();
        assertThat(created.body().path("groups").toString()).isEqualTo("[]");
    }

    @Test
    void severalDefaultTeams_areAllJoined() {
        TestOrganization acme = TestOrganization.in(context)
                .defaultTeam("Everyone")
                .defaultTeam("Berlin")
                .create();

        Answer created = acme.scim().post("/Users", "{\"userName\": \"ada@example.com\"}");

        assertThat(created).namesRules(NEW_USERS_JOIN_DEFAULT_TEAM);
        assertThat(created.body()
                        .path("groups")
                        .valueStream()
                        .map(group -> group.path("display").asString()))
                .containsExactlyInAnyOrder("Everyone", "Berlin");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ada",
                "ada@",
                "@example.com",
                "ada lovelace@example.com",
                "ada@exam ple.com",
                "a@b@example.com",
                "ada..byron@example.com",
                ".ada@example.com",
                "ada.@example.com",
                "ada@example..com",
                "ada@.example.com",
                "ada@example.com.",
                "ada\u200b@example.com",
                "ada@exam\u00adple.com",
                "ada\u00a0@example.com",
                "\ufeffada@example.com",
                "ada@example.com\u2003"
            })
    void userNameThatIsNoAddress_isRefused(String userName) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        Answer refused = acme.scim().post("/Users", "{\"userName\": \"%s\"}".formatted(userName));

        assertThat(refused)
                .isError(400, "invalidValue", "userName '" + userName + "' is not an e-mail address")
                .hasRules(USER_NAME_IS_EMAIL);
        assertThat(StoredOrganization.of(acme).everything()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{\"userName\": null}", "{\"userName\": \"\"}", "{\"displayName\": \"Ada\"}"})
    void withoutUserName_isRefused(String body) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(acme.scim().post("/Users", body))
                .isError(400, "invalidValue", "userName is required")
                .hasRules(USER_NAME_IS_EMAIL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ada@example.com", "ADA@Example.COM"})
    void userNameOfAMember_isTakenInAnyCase(String userName) {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        List<String> before = StoredOrganization.of(acme).everything();

        Answer refused = acme.scim().post("/Users", "{\"userName\": \"%s\", \"title\": \"Dr\"}".formatted(userName));

        assertThat(refused).isError(409, userName + " is not unique").hasRules(USER_NAME_UNIQUE);
        assertThat(StoredOrganization.of(acme).everything()).isEqualTo(before);
    }

    @Test
    void sameUserNameAtOnce_isOneUser() throws Exception {
        TestOrganization acme =
                TestOrganization.in(context).defaultTeam("Everyone").create();
        Callable<Answer> creation = () -> acme.scim().post("/Users", "{\"userName\": \"ada@example.com\"}");

        List<Answer> answers;
        try (ExecutorService clients = Executors.newFixedThreadPool(6)) {
            answers = clients
                    .invokeAll(IntStream.range(0, 6).mapToObj(_ -> creation).toList())
                    .stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }

        assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 201)
                .allSatisfy(answer -> assertThat(answer)
                        .isError(409, "ada@example.com is not unique")
                        .hasRules(USER_NAME_UNIQUE));
        assertThat(StoredOrganization.of(acme).people()).hasSize(1);
    }

    @Test
    void existingProfile_joinsWithItsIdAndItsName() {
        TestOrganization acme = TestOrganization.in(context)
                .person("ada@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Ada Lovelace"))
                .create();
        TestOrganization beta = TestOrganization.in(context).inUniverseOf(acme).create();

        Answer joined = beta.scim().post("/Users", "{\"userName\": \"Ada@example.com\", \"userType\": \"Full\"}");

        assertThat(joined)
                .hasStatus(201)
                .hasRules(EXISTING_PROFILE_JOINS)
                .says("/id", acme.user("ada@example.com"))
                .says("/userName", "Ada@example.com")
                .says("/displayName", "Ada Lovelace");
        assertThat(acme.scim().get("/Users/" + acme.user("ada@example.com"))).hasStatus(200);
    }

    @Test
    void sameAddressInAnotherUniverse_isAnotherPerson() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        TestOrganization other = TestOrganization.in(context).create();

        Answer created = other.scim().post("/Users", "{\"userName\": \"ada@example.com\", \"userType\": \"Full\"}");

        assertThat(created).hasStatus(201).hasNoRules();
        assertThat(created.body().path("id").asString()).isNotEqualTo(acme.user("ada@example.com"));
    }

    @Test
    void domainBeyondTheAllowList_isRefused() {
        TestOrganization acme = TestOrganization.create(context, "{\"allowedDomains\": [\"example.com\"]}");

        assertThat(acme.scim().post("/Users", "{\"userName\": \"eve@example.org\"}"))
                .isError(409, "eve@example.org is not whitelisted")
                .hasRules(DOMAIN_ALLOW_LIST);
        assertThat(StoredOrganization.of(acme).everything()).isEmpty();
        assertThat(acme.scim().post("/Users", "{\"userName\": \"ada@EXAMPLE.com\"}"))
                .hasStatus(201);
    }

    @Test
    void everyDomain_isAllowedByAsterisk() {
        TestOrganization acme = TestOrganization.create(context, "{\"allowedDomains\": [\"*\"]}");

        assertThat(acme.scim().post("/Users", "{\"userName\": \"eve@example.org\"}"))
                .hasStatus(201);
    }

    @Test
    void deletedUser_comesBackUnderTheSameIdWithNothingOfTheOrganization() {
        TestOrganization acme = TestOrganization.in(context)
                .defaultTeam("Everyone")
                .team("Design")
                .person(
                        "ada@example.com",
                        details -> details.set(UserAttribute.DISPLAY_NAME, "Ada Lovelace")
                                .set(UserAttribute.DEPARTMENT, "Engines")
                                .setAdminRoles(List.of(new AdminRole("Content Admin", true))),
                        "Design")
                .create();
        ScimClient scim = acme.scim();
        String id = acme.user("ada@example.com");
        assertThat(scim.delete("/Users/" + id)).hasStatus(204);

        Answer again = scim.post("/Users", "{\"userName\": \"ada@example.com\", \"userType\": \"Full\"}");

        assertThat(again)
                .hasStatus(201)
                .hasRules(DELETED_USER_CREATED_AGAIN, NEW_USERS_JOIN_DEFAULT_TEAM)
                .says("/id", id)
                .says("/displayName", "Ada Lovelace")
                .says("/groups/0/display", "Everyone")
                .says("/groups/1", null)
                .says("/roles/0/value", "ORGANIZATION_INTERNAL_USER")
                .says("/roles/1", null)
                .says("/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", null);
        assertThat(scim.get("/Users/" + id).text()).isEqualTo(again.text());
    }

    @Test
    void deactivatedUser_isTaken() {
        TestOrganization acme =
                TestOrganization.in(context).deactivated("dan@example.com").create();
        List<String> before = StoredOrganization.of(acme).everything();

        assertThat(acme.scim().post("/Users", "{\"userName\": \"dan@example.com\"}"))
                .isError(409, "dan@example.com is not unique: the user exists and is deactivated")
                .hasRules(DEACTIVATED_USER_IS_TAKEN);
        assertThat(StoredOrganization.of(acme).everything()).isEqualTo(before);
    }

    @Test
    void deactivatedUser_isReactivatedWhereSettingsSaySo() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"createDeactivated\": \"ALLOW\"}")
                .team("Design")
                .deactivated("dan@example.com", "Design")
                .create();

        Answer created = acme.scim()
                .post(
                        "/Users",
                        "{\"userName\": \"dan@example.com\", \"displayName\": \"Dan\", \"userType\": \"Full\"}");

        assertThat(created)
                .hasStatus(201)
                .hasRules(DEACTIVATED_USER_IS_TAKEN)
                .says("/id", acme.user("dan@example.com"))
                .says("/active", "true")
                .says("/displayName", "Dan")
                .says("/groups/0/display", "Design");
        assertThat(created.header("Location")).endsWith("/Users/" + acme.user("dan@example.com"));
    }

    @Test
    void activeFalse_createsADeactivatedUser() {
        TestOrganization acme =
                TestOrganization.in(context).defaultTeam("Everyone").create();

        Answer created = acme.scim()
                .post("/Users", "{\"userName\": \"ada@example.com\", \"active\": \"False\", \"userType\": \"Full\"}");

        assertThat(created)
                .hasStatus(201)
                .hasRules(CREATED_DEACTIVATED, NEW_USERS_JOIN_DEFAULT_TEAM)
                .says("/active", "false");
        assertThat(StoredOrganization.of(acme).people())
                .containsEntry("ada@example.com", "INTERNAL_USER DEACTIVATED FULL");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "true", "\"true\"", "\"True\""})
    void activeInAnySpelling_createsAnActiveUser(String active) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(acme.scim()
                        .post(
                                "/Users",
                                "{\"userName\": \"ada@example.com\", \"active\": %s, \"userType\": \"Full\"}"
                                        .formatted(active)))
                .hasStatus(201)
                .hasNoRules()
                .says("/active", "true");
    }

    @Test
    void attributesThatMiroHasNot_areIgnored() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        Answer created = acme.scim().post("/Users", """
                        {"userName": "ada@example.com", "userType": "Full", "externalId": "00u1", "nickName": "A",
                         "title": "Dr", "locale": "en-US", "timezone": "Europe/Berlin", "profileUrl": "x",
                         "password": "1mz050nq", "phoneNumbers": [{"type": "work", "value": "1"}],
                         "addresses": [{"type": "work", "country": "DE"}], "name": {"middleName": "K"},
                         "urn:example:2.0:User": {"shoeSize": 38}}
                        """);

        assertThat(created).hasStatus(201).hasRules(UNSUPPORTED_ATTRIBUTE_IGNORED);
        assertThat(created.body().propertyNames())
                .containsExactly(
                        "schemas",
                        "id",
                        "meta",
                        "userName",
                        "name",
                        "displayName",
                        "userType",
                        "active",
                        "emails",
                        "groups",
                        "roles");
        assertThat(created.text()).doesNotContain("00u1", "1mz050nq", "shoeSize");
    }

    @Test
    void readOnlyAttributes_areIgnored() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();

        Answer created = acme.scim().post("/Users", """
                        {"userName": "ada@example.com", "userType": "Full", "id": "42",
                         "meta": {"resourceType": "User", "created": "2001-01-01T00:00:00Z"},
                         "groups": [{"value": "%s"}],
                         "emails": [{"value": "countess@example.org", "type": "work", "primary": true}]}
                        """.formatted(acme.group("Design")));

        assertThat(created)
                .hasStatus(201)
                .hasRules(READ_ONLY_ATTRIBUTE_IGNORED, EMAILS_DERIVED_FROM_USER_NAME)
                .says("/groups/0", null)
                .says("/meta/created", null)
                .says("/emails/0/value", "ada@example.com");
        assertThat(created.body().path("id").asString()).isNotEqualTo("42");
    }

    @Test
    void emptyReadOnlyAttributes_areNotTalkedOf() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(acme.scim().post("/Users", """
                                {"userName": "ada@example.com", "userType": "Full", "id": null, "groups": [],
                                 "meta": {"resourceType": "User"}, "roles": [], "photos": [],
                                 "emails": [{"primary": true, "value": "Ada@example.com", "type": "work"}]}
                                """)).hasStatus(201).hasNoRules();
    }

    @ParameterizedTest
    @CsvSource({
        "displayName, displayName, 60",
        "name.formatted, name.formatted, 60",
        "preferredLanguage, preferredLanguage, 60",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber, employeeNumber, 20",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter, costCenter, 120",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization, organization, 120",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division, division, 120",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department, department, 120",
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName, manager.displayName, 60",
    })
    void longTexts_areRefused(String path, String attribute, int longest) {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String body = "{\"userName\": \"ada@example.com\", \"" + path + "\": \"%s\"}";

        assertThat(acme.scim().post("/Users", body.formatted("ä".repeat(longest + 1))))
                .isError(
                        400,
                        "invalidValue",
                        "%s has %d characters and may have %d".formatted(attribute, longest + 1, longest))
                .hasRules(VALUE_LENGTH);
        assertThat(StoredOrganization.of(acme).everything()).isEmpty();
        assertThat(acme.scim().post("/Users", body.formatted("ä".repeat(longest))))
                .hasStatus(201);
    }

    @Test
    void longUserName_isRefused() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(acme.scim().post("/Users", "{\"userName\": \"%s@example.com\"}".formatted("a".repeat(243))))
                .isError(400, "invalidValue", "userName has 255 characters and may have 254")
                .hasRules(VALUE_LENGTH);
        assertThat(acme.scim().post("/Users", "{\"userName\": \"%s@example.com\"}".formatted("a".repeat(242))))
                .says("/displayName", "a".repeat(242) + "@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\ud800", "\\udc00x"})
    void charactersThatNoTextHas_areRefused(String character) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        for (String body : List.of(
                "{\"userName\": \"a%s@example.com\"}",
                "{\"userName\": \"ada@example.com\", \"displayName\": \"A%s\"}",
                "{\"userName\": \"ada@example.com\", \"userType\": \"Full%s\"}",
                "{\"userName\": \"ada@example.com\", \"name\": {\"givenName\": \"A%s\"}}",
                "{\"userName\": \"ada@example.com\", \"active\": \"true%s\"}",
                "{\"userName\": \"ada@example.com\", \"photos\": [{\"value\": \"%s\"}]}",
                "{\"userName\": \"ada@example.com\", \"roles\": [{\"value\": \"%s\"}]}",
                "{\"userName\": \"ada@example.com\","
                        + " \"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User\": {\"manager\": \"%s\"}}")) {
            Answer refused = acme.scim().post("/Users", body.formatted(character));
            assertThat(refused).isError(400, "invalidSyntax", "The body contains a NUL or half a surrogate pair");
        }
        // Within JSON that is packed into a text, as Entra packs roles.
        String packed = "{\"userName\": \"ada@example.com\", \"roles\": [\"{\\\"value\\\": \\\"\\%s\\\"}\"]}";
        assertThat(acme.scim().post("/Users", packed.formatted(character)))
                .isError(400, "invalidValue", "roles.value contains a character that is not valid in texts");
        assertThat(StoredOrganization.of(acme).everything()).isEmpty();
    }

    @Test
    void textOutsideTheBasicPlane_isKept() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(acme.scim().post("/Users", "{\"userName\": \"ada@example.com\", \"displayName\": \"Ada 😀 Łäß\"}"))
                .says("/displayName", "Ada 😀 Łäß");
    }
}

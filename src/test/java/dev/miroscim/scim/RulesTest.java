package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.AnswerAssert;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.UserAttribute;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Rules on licences, roles, admins and guests, each told by its answer and by its header. */
@MiroScimTest
class RulesTest {

    private static final String ADMIN = "ORGANIZATION_INTERNAL_ADMIN";
    private static final String MEMBER = "ORGANIZATION_INTERNAL_USER";

    @Autowired
    private ApplicationContext context;

    @Test
    void guestsAreNotFound() {
        TestOrganization acme = organization("{}")
                .guest("gus@example.com")
                .teamGuest("tina@example.com")
                .create();

        for (String guest : new String[] {"gus@example.com", "tina@example.com"}) {
            String path = "/Users/" + acme.user(guest);
            assertRefused(acme.scim().get(path), 404, MiroRule.GUESTS_INVISIBLE);
            assertRefused(replace(acme.scim(), path, "displayName", "Guest"), 404, MiroRule.GUESTS_INVISIBLE);
            assertRefused(acme.scim().put(path, "{\"userName\":\"" + guest + "\"}"), 404, MiroRule.GUESTS_INVISIBLE);
            assertRefused(acme.scim().delete(path), 404, MiroRule.GUESTS_INVISIBLE);
        }
        assertThat(acme.scim().get("/Users").body().path("totalResults").asInt())
                .isZero();
    }

    @Test
    void aGuestWhoIsCreated_becomesAMember() {
        TestOrganization acme = organization("{}").guest("gus@example.com").create();

        Answer created = create(acme.scim(), "gus@example.com", "");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.body().path("id").asString()).isEqualTo(acme.user("gus@example.com"));
        assertThat(created.rules()).contains(MiroRule.GUEST_CREATED_IS_PROMOTED.id());
    }

    @Test
    void aGuestWhoIsCreated_conflictsWhereSettingsSaySo() {
        TestOrganization acme = organization("{\"createGuest\":\"REFUSE\"}")
                .guest("gus@example.com")
                .create();

        assertRefused(create(acme.scim(), "gus@example.com", ""), 409, MiroRule.GUEST_CREATED_IS_PROMOTED);
    }

    @Test
    void withoutAFullSeat_newUsersGetFreeRestricted() {
        ScimClient scim = organization("{\"seats\":{\"Full\":1}}").create().scim();

        assertThat(userType(create(scim, "ada@example.com", ""))).isEqualTo("Full");
        Answer second = create(scim, "bob@example.com", "");

        assertThat(second.status()).isEqualTo(201);
        assertThat(userType(second)).isEqualTo("Free Restricted");
        assertThat(second.rules()).contains(MiroRule.FULL_SEATS_EXHAUSTED.id());
    }

    @Test
    void theLastSeatIsGivenOnce() {
        TestOrganization acme = organization("{\"seats\":{\"Full\":3}}").create();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            IntStream.range(0, 12)
                    .forEach(i -> callers.submit(() -> create(acme.scim(), "user" + i + "@example.com", "")));
        }

        assertThat(acme.scim()
                        .get("/Users?filter=userType eq \"Full\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isEqualTo(3);
        assertThat(acme.scim().get("/Users").body().path("totalResults").asInt())
                .isEqualTo(12);
    }

    @Test
    void anExplicitLicenceWithoutASeat_conflicts() {
        TestOrganization acme = organization("{\"seats\":{\"Full\":1}}")
                .member("ada@example.com", License.FULL)
                .create();

        assertRefused(
                create(acme.scim(), "bob@example.com", ",\"userType\":\"Full\""),
                409,
                MiroRule.EXPLICIT_LICENSE_WITHOUT_SEAT);
        assertThat(acme.scim().get("/Users").body().path("totalResults").asInt())
                .isOne();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Full     | EXPLICIT_LICENSE_WITHOUT_SEAT | {"seats": {"Full": 0}}
            Standard | EXPLICIT_LICENSE_WITHOUT_SEAT | {"seats": {"Standard": 0}}
            Advanced | ADVANCED_LICENSE_LIMIT        | {"seats": {"Advanced": 0}}
            Advanced | ADVANCED_LICENSE_LIMIT        | {"seats": {"Advanced": 0}, "exhaustedLicense": "ALLOW"}
            Advanced | ADVANCED_LICENSE_LIMIT        | {"seats": {"Advanced": 0}, "flexibleLicensing": true}
            """)
    void anExplicitLicenceWithoutASeat_isRefusedInMirosWords(String license, MiroRule rule, String settings) {
        TestOrganization acme =
                organization(settings).member("bob@example.com", License.BASIC).create();
        String text = license + " users limit reached for organization";

        AnswerAssert.assertThat(create(acme.scim(), "ada@example.com", ",\"userType\":\"" + license + "\""))
                .isError(409, text)
                .hasRules(rule);
        AnswerAssert.assertThat(replace(acme.scim(), "/Users/" + acme.user("bob@example.com"), "userType", license))
                .isError(409, text)
                .hasRules(rule);
    }

    /** As a third party saw of the real service: who is deactivated keeps the userType, and takes no seat. */
    @Test
    void whoIsDeactivated_keepsTheLicenceAndTakesNoSeat() {
        TestOrganization acme = organization("{\"seats\":{\"Full\":1}}")
                .person(
                        "dan@example.com",
                        details -> details.setActive(false).set(UserAttribute.USER_TYPE, License.FULL.wireName()))
                .create();

        assertThat(userType(acme.scim().get("/Users/" + acme.user("dan@example.com"))))
                .isEqualTo("Full");
        assertThat(userType(create(acme.scim(), "ada@example.com", ",\"userType\":\"Full\"")))
                .isEqualTo("Full");
    }

    @Test
    void anExplicitLicenceWithoutASeat_fallsBackWhereSettingsSaySo() {
        TestOrganization acme = organization("{\"seats\":{\"Full\":1},\"exhaustedLicense\":\"ALLOW\"}")
                .member("ada@example.com", License.FULL)
                .create();

        Answer created = create(acme.scim(), "bob@example.com", ",\"userType\":\"Full\"");

        assertThat(created.status()).isEqualTo(201);
        assertThat(userType(created)).isEqualTo("Free Restricted");
        assertThat(created.rules()).contains(MiroRule.EXPLICIT_LICENSE_WITHOUT_SEAT.id());
    }

    @Test
    void licencesAreNotDowngraded() {
        TestOrganization acme =
                organization("{}").member("ada@example.com", License.FULL).create();
        String ada = "/Users/" + acme.user("ada@example.com");

        Answer refused = replace(acme.scim(), ada, "userType", "Free Restricted");

        assertRefused(refused, 400, MiroRule.LICENSE_NO_DOWNGRADE);
        assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidValue");
        assertThat(userType(acme.scim().get(ada))).isEqualTo("Full");
    }

    @Test
    void freeIsForNewUsersOnly() {
        TestOrganization acme = organization("{}")
                .member("ada@example.com", License.FREE_RESTRICTED)
                .create();
        String ada = "/Users/" + acme.user("ada@example.com");

        assertRefused(replace(acme.scim(), ada, "userType", "Free"), 400, MiroRule.FREE_LICENSE_FOR_NEW_USERS);
        assertThat(userType(create(acme.scim(), "bob@example.com", ",\"userType\":\"Free\"")))
                .isEqualTo("Free");
        assertThat(userType(replace(acme.scim(), ada, "userType", "Full"))).isEqualTo("Full");
    }

    @Test
    void deactivationFreesTheSeat_whichReactivationNeedsAgain() {
        TestOrganization acme = organization("{\"seats\":{\"Full\":1}}")
                .member("ada@example.com", License.FULL)
                .create();
        String ada = "/Users/" + acme.user("ada@example.com");
        replace(acme.scim(), ada, "active", "False");
        assertThat(userType(create(acme.scim(), "bob@example.com", ""))).isEqualTo("Full");

        Answer reactivated = replace(acme.scim(), ada, "active", "True");

        assertThat(reactivated.body().path("active").asBoolean()).isTrue();
        assertThat(userType(reactivated)).isEqualTo("Free Restricted");
        assertThat(reactivated.rules()).contains(MiroRule.DEACTIVATED_USER_FREES_SEAT.id());
    }

    @Test
    void onlyKnownAdminRolesAreGiven() {
        TestOrganization acme = organization("{\"customAdminRoles\":[\"Board Auditor\"]}")
                .member("ada@example.com")
                .create();
        String ada = "/Users/" + acme.user("ada@example.com");

        assertRefused(addRole(acme.scim(), ada, "Coffee Admin"), 400, MiroRule.ADMIN_ROLE_VALUES);
        assertThat(addRole(acme.scim(), ada, "Board Auditor")
                        .body()
                        .path("roles")
                        .toString())
                .contains("\"value\":\"Board Auditor\"");
    }

    @Test
    void oneRoleIsPrimary() {
        ScimClient scim = organization("{}").create().scim();

        Answer refused = create(scim, "ada@example.com", """
                , "roles": [{"type": "organization_user_role", "value": "ORGANIZATION_INTERNAL_USER", "primary": true},
                            {"type": "organization_admin_role", "value": "Content Admin", "primary": true}]
                """);

        assertRefused(refused, 400, MiroRule.ONE_PRIMARY_ROLE);
        assertThat(scim.get("/Users").body().path("totalResults").asInt()).isZero();
    }

    @Test
    void theLastCompanyAdminStays() {
        TestOrganization acme =
                organization("{}").companyAdmin("ada@example.com").create();
        String ada = "/Users/" + acme.user("ada@example.com");

        assertRefused(acme.scim().delete(ada), 409, MiroRule.LAST_COMPANY_ADMIN);
        assertRefused(replace(acme.scim(), ada, "roles.value", MEMBER), 409, MiroRule.LAST_COMPANY_ADMIN);
        assertThat(acme.scim().get(ada).text()).contains(ADMIN);
    }

    /** Whatever would take the admin away; and whatever the group is called, or shall be called by the same request. */
    @Test
    void aTeamsLastAdminStays_inMirosWords() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design", "design-sync")
                .companyAdmin("chief@example.com")
                .teamAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .create();
        String ada = "/Users/" + acme.user("ada@example.com");
        String design = "/Groups/" + acme.group("Design");
        String text = "Any account in organization must have at least one admin: team 'Design'";

        for (Answer deactivation : new Answer[] {
            replace(acme.scim(), ada, "active", "False"),
            acme.scim().put(ada, "{\"userName\": \"ada@example.com\", \"active\": false}")
        }) {
            AnswerAssert.assertThat(deactivation).isError(409, text);
            assertThat(deactivation.rules()).containsExactly("sole-team-admin-not-deactivated");
        }
        for (Answer removal : new Answer[] {
            acme.scim().delete(ada),
            acme.scim().patchWith(design, """
                    {"op": "remove", "path": "members[value eq \\"%s\\"]"}
                    """.formatted(acme.user("ada@example.com"))),
            acme.scim().patchWith(design, """
                    {"op": "replace", "value": {"displayName": "DESIGN", "members": [{"value": "%s"}]}}
                    """.formatted(acme.user("bob@example.com"))),
        }) {
            AnswerAssert.assertThat(removal).isError(409, text);
            assertThat(removal.rules()).containsExactly("last-team-admin");
        }
        assertThat(acme.scim().get(design).body().path("members")).hasSize(2);
        assertThat(acme.scim().get(ada).body().path("active").asBoolean()).isTrue();
    }

    @Test
    void ofTwoCompanyAdminsWhoGoAtOnce_oneStays() {
        TestOrganization acme = organization("{}")
                .companyAdmin("ada@example.com")
                .companyAdmin("bob@example.com")
                .create();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (String admin : new String[] {"ada@example.com", "bob@example.com"}) {
                callers.submit(() -> replace(acme.scim(), "/Users/" + acme.user(admin), "roles.value", MEMBER));
            }
        }

        assertThat(acme.scim()
                        .get("/Users?filter=roles.value eq \"" + ADMIN + "\"")
                        .body()
                        .path("totalResults")
                        .asInt())
                .isOne();
    }

    @Test
    void aCompanyAdminIsNotDeactivated() {
        TestOrganization acme = organization("{}")
                .companyAdmin("ada@example.com")
                .companyAdmin("bob@example.com")
                .create();
        String ada = "/Users/" + acme.user("ada@example.com");

        assertRefused(replace(acme.scim(), ada, "active", "False"), 409, MiroRule.COMPANY_ADMIN_NOT_DEACTIVATED);
        assertThat(replace(acme.scim(), ada, "roles.value", MEMBER).status()).isEqualTo(200);
        assertThat(replace(acme.scim(), ada, "active", "False").status()).isEqualTo(200);
    }

    @Test
    void aCompanyAdminIsDeactivatedWhereSettingsSaySo_butNotTheLast() {
        TestOrganization acme = organization("{\"deactivateCompanyAdmin\":\"ALLOW\"}")
                .companyAdmin("ada@example.com")
                .companyAdmin("bob@example.com")
                .create();

        assertThat(replace(acme.scim(), "/Users/" + acme.user("ada@example.com"), "active", "False")
                        .status())
                .isEqualTo(200);
        assertRefused(
                replace(acme.scim(), "/Users/" + acme.user("bob@example.com"), "active", "False"),
                409,
                MiroRule.LAST_COMPANY_ADMIN);
    }

    @Test
    void theOnlyAdminOfATeamIsNotDeactivated() {
        TestOrganization acme = organization("{}")
                .team("Design")
                .teamAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .create();

        assertRefused(
                replace(acme.scim(), "/Users/" + acme.user("ada@example.com"), "active", "False"),
                409,
                MiroRule.SOLE_TEAM_ADMIN_NOT_DEACTIVATED);
    }

    @Test
    void aGroupHasAName() {
        TestOrganization acme = organization("{}").team("Design").create();
        String design = "/Groups/" + acme.group("Design");

        assertRefused(replace(acme.scim(), design, "displayName", ""), 400, MiroRule.GROUP_NAME_REQUIRED);
        assertRefused(
                acme.scim().patchWith(design, "{\"op\":\"remove\",\"path\":\"displayName\"}"),
                400,
                MiroRule.GROUP_NAME_REQUIRED);
    }

    @Test
    void aDeletedUserWhoIsAddedToAGroup_isBack() {
        TestOrganization acme =
                organization("{}").team("Design").member("ada@example.com").create();
        String ada = acme.user("ada@example.com");
        assertThat(acme.scim().delete("/Users/" + ada).status()).isEqualTo(204);

        Answer added = acme.scim()
                .patchWith(
                        "/Groups/" + acme.group("Design"),
                        "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + ada + "\"}]}");

        assertThat(added.status()).isEqualTo(200);
        assertThat(added.rules()).contains(MiroRule.GROUP_ADD_RECREATES.id());
        assertThat(acme.scim().get("/Users/" + ada).body().path("active").asBoolean())
                .isTrue();
    }

    @Test
    void theDefaultTeamIsKeptWhereSettingsSaySo() {
        String remove = "{\"op\":\"remove\",\"path\":\"members[value eq \\\"%s\\\"]\"}";
        TestOrganization strict = organization("{\"leaveDefaultTeam\":\"REFUSE\"}")
                .defaultTeam("Everyone")
                .member("ada@example.com", "Everyone")
                .create();
        TestOrganization open = organization("{}")
                .defaultTeam("Everyone")
                .member("ada@example.com", "Everyone")
                .create();

        assertRefused(
                strict.scim()
                        .patchWith(
                                "/Groups/" + strict.group("Everyone"),
                                remove.formatted(strict.user("ada@example.com"))),
                409,
                MiroRule.DEFAULT_TEAM_KEPT);
        assertThat(open.scim()
                        .patchWith("/Groups/" + open.group("Everyone"), remove.formatted(open.user("ada@example.com")))
                        .body()
                        .path("members"))
                .isEmpty();
    }

    @Test
    void groupsAreNotFilteredByMembers_butForEntrasReferenceCheck() {
        TestOrganization acme = organization("{}")
                .team("Design")
                .member("ada@example.com", "Design")
                .create();
        String ada = acme.user("ada@example.com");

        Answer refused = acme.scim().get("/Groups?filter=members.value eq \"" + ada + "\"");

        assertRefused(refused, 400, MiroRule.GROUP_FILTER_SIMPLE_ATTRIBUTES);
        assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidFilter");
        assertThat(acme.scim().get("/Groups?filter=members eq \"" + ada + "\"").resources())
                .hasSize(1);
    }

    private TestOrganization.Builder organization(String settings) {
        return TestOrganization.in(context).settings(settings);
    }

    private static Answer create(ScimClient scim, String userName, String more) {
        return scim.post("/Users", "{\"userName\":\"" + userName + "\"" + more + "}");
    }

    private static Answer replace(ScimClient scim, String resource, String path, String value) {
        return scim.patchWith(resource, "{\"op\":\"Replace\",\"path\":\"" + path + "\",\"value\":\"" + value + "\"}");
    }

    private static Answer addRole(ScimClient scim, String user, String role) {
        return scim.patchWith(
                user,
                "{\"op\":\"Add\",\"path\":\"roles\",\"value\":[{\"value\":\"" + role
                        + "\",\"type\":\"organization_admin_role\",\"primary\":false}]}");
    }

    private static String userType(Answer user) {
        return user.body().path("userType").asString();
    }

    private static void assertRefused(Answer answer, int status, MiroRule rule) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.rules()).contains(rule.id());
        assertThat(answer.body().path("schemas").toString()).contains("messages:2.0:Error");
    }
}

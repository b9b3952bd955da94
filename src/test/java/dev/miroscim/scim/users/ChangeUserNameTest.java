package dev.miroscim.scim.users;

import static dev.miroscim.AnswerAssert.assertThat;
import static dev.miroscim.directory.MiroRule.DEACTIVATED_USER_FROZEN;
import static dev.miroscim.directory.MiroRule.EMAILS_DERIVED_FROM_USER_NAME;
import static dev.miroscim.directory.MiroRule.USER_NAME_CHANGE_IN_SEVERAL_ORGANIZATIONS;
import static dev.miroscim.directory.MiroRule.USER_NAME_CHANGE_NEEDS_CLAIMED_DOMAIN;
import static dev.miroscim.directory.MiroRule.USER_NAME_IS_EMAIL;
import static dev.miroscim.directory.MiroRule.USER_NAME_TARGET_CLAIMED_ELSEWHERE;
import static dev.miroscim.directory.MiroRule.USER_NAME_TARGET_UNCLAIMED;
import static dev.miroscim.directory.MiroRule.USER_NAME_UNIQUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.people.UserAttribute;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class ChangeUserNameTest {

    @Autowired
    ApplicationContext context;

    @Test
    void newAddress_isUserNameAndEmail() {
        TestOrganization acme = TestOrganization.in(context)
                .person("ada@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Ada"))
                .create();

        Answer changed = rename(acme, "ada@example.com", "Countess@example.com");

        assertThat(changed)
                .hasStatus(200)
                .hasNoRules()
                .says("/id", acme.user("ada@example.com"))
                .says("/userName", "Countess@example.com")
                .says("/emails/0/value", "Countess@example.com")
                .says("/emails/0/display", "Countess@example.com")
                .says("/displayName", "Ada");
        assertThat(acme.scim()
                        .get("/Users?filter=userName eq \"countess@example.com\"")
                        .resources())
                .hasSize(1);
        assertThat(acme.scim()
                        .get("/Users?filter=userName eq \"ada@example.com\"")
                        .resources())
                .isEmpty();
    }

    @Test
    void nameThatIsOnlyTheAddress_followsIt() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();

        assertThat(rename(acme, "ada@example.com", "countess@example.com"))
                .says("/displayName", "countess@example.com")
                .says("/name/formatted", "countess@example.com");
    }

    @Test
    void caseAlone_isSpelledAsSentWhateverTheDomain() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [], \"unclaimedTargetDomain\": \"REFUSE\"}")
                .member("ada@example.com")
                .deactivated("dan@example.com")
                .create();

        assertThat(rename(acme, "ada@example.com", "ADA@Example.com"))
                .hasNoRules()
                .says("/userName", "ADA@Example.com")
                .says("/emails/0/value", "ADA@Example.com");
        assertThat(rename(acme, "dan@example.com", "Dan@example.com"))
                .hasNoRules()
                .says("/userName", "Dan@example.com");
    }

    @Test
    void currentDomainThatIsNotClaimed_isRefused() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.com\"]}")
                .member("ada@example.org")
                .create();
        List<String> before = StoredOrganization.of(acme).everything();

        assertThat(rename(acme, "ada@example.org", "ada@example.com"))
                .isError(
                        400,
                        "invalidValue",
                        "userName cannot be changed: the domain 'example.org' of ada@example.org is not claimed by this"
                                + " organisation")
                .hasRules(USER_NAME_CHANGE_NEEDS_CLAIMED_DOMAIN);
        assertThat(StoredOrganization.of(acme).everything()).isEqualTo(before);
    }

    @Test
    void targetClaimedByTheCaller_isAllowedAtOnce() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.com\", \"Example.ORG\"]}")
                .member("ada@example.com")
                .create();
        TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.org\"]}")
                .inUniverseOf(acme)
                .create();

        assertThat(rename(acme, "ada@example.com", "ada@example.org"))
                .hasStatus(200)
                .hasNoRules();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"example.com\"]", "[\"*\"]"})
    void targetClaimedByAnotherOrganization_isRefused(String claimedDomains) {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": %s}".formatted(claimedDomains))
                .member("ada@example.com")
                .create();
        TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"Example.ORG\"]}")
                .inUniverseOf(acme)
                .create();

        assertThat(rename(acme, "ada@example.com", "ada@example.org"))
                .isError(
                        400,
                        "invalidValue",
                        "userName cannot be changed to ada@example.org: the domain 'example.org' is claimed by another"
                                + " organisation")
                .hasRules(USER_NAME_TARGET_CLAIMED_ELSEWHERE);
    }

    @Test
    void targetClaimedInAnotherUniverse_isFree() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        TestOrganization.create(context, "{\"claimedDomains\": [\"example.org\"]}");

        assertThat(rename(acme, "ada@example.com", "ada@example.org"))
                .hasStatus(200)
                .hasNoRules();
    }

    @Test
    void targetClaimedByNobody_isAllowedAndTold() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.com\"]}")
                .member("ada@example.com")
                .create();

        assertThat(rename(acme, "ada@example.com", "ada@example.org"))
                .hasRules(USER_NAME_TARGET_UNCLAIMED)
                .says("/userName", "ada@example.org");
    }

    @Test
    void targetClaimedByNobody_isRefusedWhereSettingsSaySo() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"claimedDomains\": [\"example.com\"], \"unclaimedTargetDomain\": \"REFUSE\"}")
                .member("ada@example.com")
                .create();

        assertThat(rename(acme, "ada@example.com", "ada@example.org"))
                .isError(
                        400,
                        "invalidValue",
                        "userName cannot be changed: the domain 'example.org' of ada@example.org is claimed by nobody")
                .hasRules(USER_NAME_TARGET_UNCLAIMED);
    }

    @Test
    void personInSeveralOrganizations_canBeRenamedByAny() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        TestOrganization beta = TestOrganization.in(context)
                .inUniverseOf(acme)
                .member("ada@example.com")
                .create();

        assertThat(rename(acme, "ada@example.com", "countess@example.com"))
                .hasStatus(200)
                .hasNoRules();
        assertThat(beta.scim().get("/Users/" + beta.user("ada@example.com"))).says("/userName", "countess@example.com");
    }

    @Test
    void personInSeveralOrganizations_cannotBeRenamedByTheOlderRule() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"userNameChangeInSeveralOrganizations\": \"REFUSE\"}")
                .member("ada@example.com")
                .member("bob@example.com")
                .create();
        TestOrganization beta = TestOrganization.in(context)
                .inUniverseOf(acme)
                .member("ada@example.com")
                .create();

        assertThat(rename(acme, "ada@example.com", "countess@example.com"))
                .isError(409, "userName of ada@example.com cannot be changed: the user is in several organisations")
                .hasRules(USER_NAME_CHANGE_IN_SEVERAL_ORGANIZATIONS);
        assertThat(rename(acme, "bob@example.com", "robert@example.com")).hasStatus(200);

        assertThat(beta.scim().delete("/Users/" + beta.user("ada@example.com"))).hasStatus(204);
        assertThat(rename(acme, "ada@example.com", "countess@example.com")).hasStatus(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bob@example.com", "BOB@example.com", "gil@example.com", "dora@example.com", "eva@example.com"})
    void addressOfAnybodyInMiro_isNotUnique(String taken) {
        TestOrganization acme = TestOrganization.in(context)
                .member("ada@example.com")
                .member("bob@example.com")
                .guest("gil@example.com")
                .member("dora@example.com")
                .create();
        TestOrganization.in(context)
                .inUniverseOf(acme)
                .member("eva@example.com")
                .create();
        assertThat(acme.scim().delete("/Users/" + acme.user("dora@example.com")))
                .hasStatus(204);
        List<String> before = StoredOrganization.of(acme).everything();

        assertThat(rename(acme, "ada@example.com", taken))
                .isError(400, "invalidValue", "User name '" + taken + "' is invalid: 'not unique'")
                .hasRules(USER_NAME_UNIQUE);
        assertThat(StoredOrganization.of(acme).everything()).isEqualTo(before);
    }

    @Test
    void sameAddressForTwoAtOnce_isForOneOfThem() throws Exception {
        TestOrganization acme = TestOrganization.in(context)
                .member("ada@example.com")
                .member("bob@example.com")
                .create();
        List<Callable<Answer>> changes = Stream.of("ada@example.com", "bob@example.com")
                .map(email -> (Callable<Answer>) () -> rename(acme, email, "new@example.com"))
                .toList();

        List<Answer> answers;
        try (ExecutorService clients = Executors.newFixedThreadPool(2)) {
            answers = clients.invokeAll(changes).stream()
                    .map(answer -> answer.resultNow())
                    .toList();
        }

        assertThat(answers).filteredOn(answer -> answer.status() == 200).hasSize(1);
        assertThat(answers)
                .filteredOn(answer -> answer.status() != 200)
                .singleElement()
                .satisfies(answer -> assertThat(answer)
                        .isError(400, "invalidValue", "User name 'new@example.com' is invalid: 'not unique'"));
    }

    @Test
    void deactivatedUser_keepsTheAddress() {
        TestOrganization acme =
                TestOrganization.in(context).deactivated("dan@example.com").create();

        assertThat(rename(acme, "dan@example.com", "daniel@example.com"))
                .isError(409, "userName of a deactivated user cannot be changed")
                .hasRules(DEACTIVATED_USER_FROZEN);
        assertThat(acme.scim().get("/Users/" + acme.user("dan@example.com"))).says("/userName", "dan@example.com");
    }

    @Test
    void deactivatedUser_keepsTheAddressInSilenceWhereSettingsSaySo() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"frozenAttributes\": \"ALLOW\"}")
                .deactivated("dan@example.com")
                .create();

        assertThat(rename(acme, "dan@example.com", "daniel@example.com"))
                .hasRules(DEACTIVATED_USER_FROZEN)
                .says("/userName", "dan@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"daniel", "", "daniel@"})
    void whatIsNoAddress_isRefused(String userName) {
        TestOrganization acme =
                TestOrganization.in(context).member("dan@example.com").create();

        assertThat(rename(acme, "dan@example.com", userName))
                .isError(
                        400,
                        "invalidValue",
                        userName.isEmpty()
                                ? "userName is required"
                                : "userName '" + userName + "' is not an e-mail address")
                .hasRules(USER_NAME_IS_EMAIL);
    }

    @Test
    void removal_isRefused() {
        TestOrganization acme =
                TestOrganization.in(context).member("dan@example.com").create();

        assertThat(acme.scim()
                        .patchWith(
                                "/Users/" + acme.user("dan@example.com"),
                                "{\"op\": \"remove\", \"path\": \"userName\"}"))
                .isError(400, "invalidValue", "userName is required and cannot be removed");
    }

    @Test
    void oldAddress_isFreeForOthers() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();

        assertThat(rename(acme, "ada@example.com", "countess@example.com")).hasStatus(200);

        assertThat(acme.scim().post("/Users", "{\"userName\": \"ada@example.com\"}"))
                .hasStatus(201);
    }

    /** Entra maps the user principal name to both. */
    @Test
    void emailOfTheNewAddress_isNothingIgnored() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        String operations = """
                {"op": "Replace", "path": "userName", "value": "new@example.com"},
                {"op": "Replace", "path": "emails[type eq \\"work\\"].value", "value": "%s@example.com"}
                """;
        String path = "/Users/" + acme.user("ada@example.com");

        assertThat(acme.scim().patchWith(path, operations.formatted("new")))
                .hasStatus(200)
                .hasNoRules();
        assertThat(acme.scim().patchWith(path, operations.formatted("other")))
                .hasStatus(200)
                .hasRules(EMAILS_DERIVED_FROM_USER_NAME);
    }

    private static Answer rename(TestOrganization organization, String email, String userName) {
        return organization
                .scim()
                .patchWith(
                        "/Users/" + organization.user(email),
                        "{\"op\": \"Replace\", \"path\": \"userName\", \"value\": \"" + userName + "\"}");
    }
}

package dev.miroscim.scim.users;

import static dev.miroscim.AnswerAssert.assertThat;
import static dev.miroscim.directory.MiroRule.MANAGER_VALUE_NUMERIC;
import static dev.miroscim.directory.MiroRule.UNSUPPORTED_ATTRIBUTE_IGNORED;
import static dev.miroscim.directory.MiroRule.VALUE_LENGTH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Pictures and the enterprise attributes of users, which only ever come from clients. */
@MiroScimTest
class UserAttributesTest {

    private static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String IN_ENTERPRISE = "/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    private static final String PICTURE = "https://pictures.example.com/ada.png";

    @Autowired
    ApplicationContext context;

    private TestOrganization acme;
    private String ada;

    @BeforeEach
    void makeOrganization() {
        acme = TestOrganization.in(context).member("ada@example.com").create();
        ada = "/Users/" + acme.user("ada@example.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'path': 'photos.value', 'value': '" + PICTURE + "'",
                "'path': 'photos[type eq \\\"photo\\\"].value', 'value': '" + PICTURE + "'",
                "'path': 'photos', 'value': [{'type': 'photo', 'value': '" + PICTURE + "'}]",
                "'path': 'photos', 'value': {'value': '" + PICTURE + "'}",
                "'value': {'photos': [{'type': 'photo', 'value': '" + PICTURE + "', 'primary': true}]}",
                "'value': {'photos[type eq \\\"photo\\\"].value': '" + PICTURE + "'}"
            })
    void aPicture_isSetHoweverItIsAddressed(String operation) {
        Answer patched = patch("'op': 'replace', " + operation);

        assertThat(patched).says("/photos/0/value", PICTURE).says("/photos/0/type", "photo");
        assertThat(acme.scim().get(ada)).says("/photos/0/value", PICTURE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'op': 'remove', 'path': 'photos'",
                "'op': 'remove', 'path': 'photos[type eq \\\"photo\\\"]'",
                "'op': 'remove', 'path': 'photos.value'",
                "'op': 'replace', 'path': 'photos', 'value': []",
                "'op': 'replace', 'path': 'photos', 'value': [{'type': 'photo'}]",
                "'op': 'replace', 'path': 'photos', 'value': {'type': 'photo'}",
                "'op': 'replace', 'path': 'photos[type eq \\\"photo\\\"]', 'value': {'type': 'photo'}",
                "'op': 'replace', 'value': {'photos': [{'type': 'photo', 'value': null}]}"
            })
    void aPicture_isTakenAway(String operation) {
        assertThat(patch("'op': 'add', 'path': 'photos.value', 'value': '" + PICTURE + "'"))
                .says("/photos/0/value", PICTURE);

        assertThat(patch(operation)).says("/photos", null);
        assertThat(acme.scim().get(ada)).says("/photos", null);
    }

    /** What Miro shows of a user without a picture comes back in whole resources. */
    @Test
    void aPhotoWithoutAValue_meansNoPicture() {
        String body = "{\"userName\": \"%s\", \"photos\": [{\"type\": \"photo\"}]}";

        assertThat(acme.scim().post("/Users", body.formatted("bob@example.com")))
                .hasStatus(201)
                .says("/photos", null);
        assertThat(acme.scim().put(ada, body.formatted("ada@example.com")))
                .hasStatus(200)
                .says("/photos", null);
        patch("'op': 'add', 'path': 'photos.value', 'value': '" + PICTURE + "'");
        assertThat(patch("'op': 'add', 'path': 'photos', 'value': [{'type': 'photo'}]"))
                .says("/photos/0/value", PICTURE);
        assertThat(acme.scim().put(ada, body.formatted("ada@example.com")))
                .hasStatus(200)
                .says("/photos", null);
    }

    @Test
    void ofSeveralPictures_theFirstPhotoIsKept() {
        Answer patched = patch("'op': 'replace', 'path': 'photos', 'value': [{'type': 'thumbnail', 'value':"
                + " 'https://pictures.example.com/small.png'}, {'type': 'photo', 'value': '" + PICTURE + "'}]");

        assertThat(patched).namesRules(UNSUPPORTED_ATTRIBUTE_IGNORED).says("/photos/0/value", PICTURE);
        assertThat(patched.body().path("photos").size()).isOne();
    }

    @ParameterizedTest
    @CsvSource({
        "employeeNumber, 20",
        "costCenter, 120",
        "organization, 120",
        "division, 120",
        "department, 120",
        "manager.displayName, 60"
    })
    void enterpriseAttributes_areKeptUpToTheirLength(String attribute, int length) {
        String longest = "x".repeat(length);
        String operation = "'op': 'replace', 'path': '" + ENTERPRISE + ":" + attribute + "', 'value': '%s'";
        String pointer = IN_ENTERPRISE + "/" + attribute.replace('.', '/');

        assertThat(patch(operation.formatted(longest))).hasNoRules().says(pointer, longest);
        Answer refused = patch(operation.formatted(longest + "x"));

        assertThat(refused).hasStatus(400).hasRules(VALUE_LENGTH);
        assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidValue");
        assertThat(acme.scim().get(ada)).says(pointer, longest);
        assertThat(patch("'op': 'remove', 'path': '" + ENTERPRISE + ":" + attribute + "'"))
                .says(pointer, null);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'path': '" + ENTERPRISE + ":manager', 'value': '3458764577585056871'",
                "'path': '" + ENTERPRISE + ":manager', 'value': {'value': '3458764577585056871'}",
                "'path': '" + ENTERPRISE
                        + ":manager', 'value': [{'value': '3458764577585056871', '$ref': '../Users/1'}]",
                "'path': '" + ENTERPRISE + ":manager.value', 'value': '3458764577585056871'",
                "'value': {'" + ENTERPRISE + "': {'manager': {'value': '3458764577585056871'}}}",
                "'value': {'" + ENTERPRISE + ":manager': '3458764577585056871'}"
            })
    void aManager_isANumberHoweverItIsSent(String operation) {
        assertThat(patch("'op': 'add', " + operation))
                .hasNoRules()
                .says(IN_ENTERPRISE + "/manager/value", "3458764577585056871");
    }

    @Test
    void aManagerWhoIsNoNumber_isIgnored() {
        patch("'op': 'add', 'path': '" + ENTERPRISE + ":manager', 'value': '7'");

        assertThat(patch("'op': 'replace', 'path': '" + ENTERPRISE + ":manager', 'value': 'boss@example.com'"))
                .hasRules(MANAGER_VALUE_NUMERIC)
                .says(IN_ENTERPRISE + "/manager/value", "7");
    }

    @Test
    void theExtension_isShownButNotListed() {
        Answer patched = patch("'op': 'add', 'path': '" + ENTERPRISE + ":department', 'value': 'IT'");

        assertThat(patched).says(IN_ENTERPRISE + "/department", "IT").says("/schemas/0", CORE);
        assertThat(patched).says("/schemas/1", null);
        assertThat(acme.scim().get(ada).text()).isEqualTo(patched.text());
    }

    @Test
    void theExtension_isListedWhereTheSettingsSaySoAndItHasValues() {
        acme = TestOrganization.in(context)
                .settings("{\"userSchemas\": \"WITH_EXTENSION\"}")
                .member("ada@example.com")
                .create();
        ada = "/Users/" + acme.user("ada@example.com");

        assertThat(acme.scim().get(ada)).says("/schemas/0", CORE).says("/schemas/1", null);
        assertThat(patch("'op': 'add', 'path': '" + ENTERPRISE + ":department', 'value': 'IT'"))
                .says("/schemas/0", CORE)
                .says("/schemas/1", ENTERPRISE);
        assertThat(acme.scim().get(ada)).says("/schemas/1", ENTERPRISE);
        assertThat(acme.scim().get("/Users")).says("/Resources/0/schemas/1", ENTERPRISE);
        assertThat(patch("'op': 'remove', 'path': '" + ENTERPRISE + ":department'"))
                .says("/schemas/0", CORE)
                .says("/schemas/1", null);
    }

    @Test
    void whatMiroDoesNotKnow_isIgnored() {
        String before = acme.scim().get(ada).text();

        Answer patched = patch("'op': 'add', 'value': {'nickName': 'A', 'title': 'Countess', 'externalId': '1',"
                + " 'phoneNumbers': [{'value': '1'}], 'addresses': [{'locality': 'London'}]}");

        assertThat(patched).hasStatus(200).hasRules(UNSUPPORTED_ATTRIBUTE_IGNORED);
        assertThat(acme.scim().get(ada).text()).isEqualTo(before);
    }

    private Answer patch(String operation) {
        return acme.scim().patchWith(ada, "{" + operation.replace('\'', '"') + "}");
    }
}

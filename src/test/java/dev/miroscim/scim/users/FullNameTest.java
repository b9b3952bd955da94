package dev.miroscim.scim.users;

import static dev.miroscim.AnswerAssert.assertThat;
import static dev.miroscim.directory.MiroRule.FULL_NAME_RESOLUTION;
import static dev.miroscim.directory.MiroRule.NAMES_TRIMMED;
import static dev.miroscim.directory.MiroRule.VALUE_LENGTH;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.people.UserAttribute;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class FullNameTest {

    @Autowired
    ApplicationContext context;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "displayName": "Ada L", "name": {"formatted": "B", "givenName": "C", "familyName": "D"} | Ada L    | true
                    "displayName": "Ada L", "name": {"formatted": "Ada L", "givenName": "Ada"}            | Ada L       | false
                    "displayName": "Ada L", "name": {"familyName": "Lovelace"}                            | Ada L       | true
                    "displayName": "", "name": {"formatted": "Ada F", "givenName": "C"}                   | Ada F       | true
                    "displayName": null, "name": {"formatted": "Ada F"}                                   | Ada F       | false
                    "name": {"formatted": "", "givenName": "Ada", "familyName": "Lovelace"}               | Ada Lovelace | false
                    "name": {"givenName": "Ada", "familyName": "King Lovelace"}                           | Ada King Lovelace | false
                    "name.givenName": "Ada", "name.familyName": "Lovelace"                                | Ada Lovelace | false
                    "name": {"givenName": "Ada"}                                                          | Ada         | false
                    "name": {"familyName": "Lovelace"}                                                    | Lovelace    | false
                    "name": {"givenName": "", "familyName": null}                                         | ada@example.com | false
                    "name": {}                                                                            | ada@example.com | false
                    "name": null                                                                          | ada@example.com | false
                    """)
    void creation_takesTheFirstThatApplies(String attributes, String fullName, boolean overruled) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        Answer created = acme.scim()
                .post(
                        "/Users",
                        "{\"userName\": \"ada@example.com\", \"userType\": \"Full\", %s}".formatted(attributes));

        assertThat(created).says("/displayName", fullName).says("/name/formatted", fullName);
        if (overruled) {
            assertThat(created).hasRules(FULL_NAME_RESOLUTION);
        } else {
            assertThat(created).hasNoRules();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Ada Lovelace, Ada, Lovelace",
        "Ada King Lovelace, Ada, King Lovelace",
        "Ada, Ada, ",
    })
    void givenAndFamilyName_areDerived(String fullName, String givenName, String familyName) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(acme.scim()
                        .post(
                                "/Users",
                                "{\"userName\": \"ada@example.com\", \"displayName\": \"%s\"}".formatted(fullName)))
                .says("/name/givenName", givenName)
                .says("/name/familyName", familyName);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"op": "Replace", "path": "name.givenName", "value": "Augusta"}             | Augusta Lovelace
                    {"op": "Replace", "path": "name.familyName", "value": "King"}               | Ada King
                    {"op": "Add", "path": "name", "value": {"familyName": "King"}}              | Ada King
                    {"op": "replace", "value": {"name.givenName": "Augusta"}}                   | Augusta Lovelace
                    {"op": "replace", "value": {"name": {"givenName": "A", "familyName": "K"}}} | A K
                    {"op": "Remove", "path": "name.familyName"}                                 | Ada
                    {"op": "Replace", "path": "name.givenName", "value": ""}                    | Lovelace
                    {"op": "Replace", "path": "name.formatted", "value": "Countess"}            | Countess
                    {"op": "Replace", "path": "displayName", "value": "Countess"}               | Countess
                    {"op": "Remove", "path": "displayName"}                                     | ada@example.com
                    {"op": "Replace", "path": "displayName", "value": null}                     | ada@example.com
                    {"op": "Remove", "path": "name"}                                            | ada@example.com
                    {"op": "Replace", "path": "name.middleName", "value": "King"}               | Ada Lovelace
                    {"op": "Replace", "path": "active", "value": true}                          | Ada Lovelace
                    """)
    void patch_changesTheOneName(String operation, String fullName) {
        TestOrganization acme = TestOrganization.in(context)
                .person("ada@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Ada Lovelace"))
                .create();

        assertThat(acme.scim().patchWith("/Users/" + acme.user("ada@example.com"), operation))
                .says("/displayName", fullName)
                .says("/name/formatted", fullName);
    }

    @Test
    void partOfAName_standsAloneWhereThereWasNone() {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();

        assertThat(acme.scim()
                        .patchWith(
                                "/Users/" + acme.user("ada@example.com"),
                                "{\"op\": \"Add\", \"path\": \"name.familyName\", \"value\": \"Lovelace\"}"))
                .says("/displayName", "Lovelace");
    }

    /** What Entra sends when somebody marries. */
    @Test
    void displayNameAndParts_agree() {
        TestOrganization acme = TestOrganization.in(context)
                .person("ada@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Ada Byron"))
                .create();

        assertThat(acme.scim().patchWith("/Users/" + acme.user("ada@example.com"), """
                                {"op": "Replace", "path": "displayName", "value": "Ada Lovelace"},
                                {"op": "Replace", "path": "name.familyName", "value": "Lovelace"}
                                """))
                .hasNoRules()
                .says("/displayName", "Ada Lovelace");
    }

    @Test
    void givenAndFamilyName_mayHaveSixtyCharactersTogether() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String body = "{\"userName\": \"ada@example.com\", \"name\": {\"givenName\": \"%s\", \"familyName\": \"%s\"}}";

        assertThat(acme.scim().post("/Users", body.formatted("a".repeat(30), "b".repeat(31))))
                .isError(
                        400,
                        "invalidValue",
                        "name.givenName and name.familyName have 61 characters together and may have 60")
                .hasRules(VALUE_LENGTH);
        assertThat(acme.scim().post("/Users", body.formatted("a".repeat(30), "b".repeat(30))))
                .hasStatus(201)
                .says("/name/formatted", "a".repeat(30) + " " + "b".repeat(30));
    }

    @Test
    void partThatMakesTheNameTooLong_isRefused() {
        TestOrganization acme = TestOrganization.in(context)
                .person("ada@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Ada Lovelace"))
                .create();

        assertThat(acme.scim()
                        .patchWith(
                                "/Users/" + acme.user("ada@example.com"),
                                "{\"op\": \"Replace\", \"path\": \"name.familyName\", \"value\": \"%s\"}"
                                        .formatted("b".repeat(58))))
                .isError(
                        400,
                        "invalidValue",
                        "name.givenName and name.familyName have 61 characters together and may have 60")
                .hasRules(VALUE_LENGTH);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\"Ada\", \"Lovelace\"]", "{\"first\": \"Ada\"}"})
    void whatIsNoText_isRefused(String value) {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();

        assertThat(acme.scim()
                        .patchWith(
                                "/Users/" + acme.user("ada@example.com"),
                                "{\"op\": \"Replace\", \"path\": \"displayName\", \"value\": " + value + "}"))
                .isError(
                        400,
                        "invalidValue",
                        "displayName must be a string, not "
                                + value.replace(", ", ",").replace(": ", ":"));
    }

    /** Entra sends a part again in every cycle in which it reads back differently. */
    @ParameterizedTest
    @CsvSource({
        "name.givenName, Mary Ann, Mary Ann van der Berg",
        "name.familyName, van der Berg, Mary Ann van der Berg",
        "name.familyName, Berg, Mary Ann van der Berg",
        "name.givenName, Mary Anne, Mary Anne Ann van der Berg",
    })
    void partOfSeveralWords_doesNotGrowHoweverOftenItIsSent(String path, String value, String fullName) {
        TestOrganization acme = TestOrganization.in(context)
                .person("mary@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Mary Ann van der Berg"))
                .create();

        for (int i = 0; i < 3; i++) {
            assertThat(acme.scim()
                            .patchWith(
                                    "/Users/" + acme.user("mary@example.com"),
                                    "{\"op\": \"Replace\", \"path\": \"%s\", \"value\": \"%s\"}"
                                            .formatted(path, value)))
                    .says("/displayName", fullName)
                    .says("/" + path.replace('.', '/'), value);
        }
    }

    @Test
    void correctedPart_replacesThatPartAsItWasSent() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String mary = acme.scim().post("/Users", """
                        {"userName": "mary@example.com", "displayName": "Mary Ann Smith",
                         "name": {"givenName": "Mary Ann", "familyName": "Smith"}}
                        """).body().path("id").asString();

        assertThat(acme.scim()
                        .patchWith(
                                "/Users/" + mary,
                                "{\"op\": \"Replace\", \"path\": \"name.givenName\", \"value\": \"Mary Anne\"}"))
                .says("/displayName", "Mary Anne Smith")
                .says("/name/givenName", "Mary Anne")
                .says("/name/familyName", "Smith");
        assertThat(acme.scim().get("/Users?filter=name.givenName eq \"mary anne\" and name.familyName eq \"Smith\""))
                .says("/totalResults", "1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\": \"Remove\", \"path\": \"displayName\"}",
                "{\"op\": \"Replace\", \"path\": \"displayName\", \"value\": \"\"}",
                "{\"op\": \"Replace\", \"value\": {\"displayName\": null}}",
            })
    void withoutDisplayName_theNameIsThatOfThePartsThatWereSent(String operation) {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String mary =
                "/Users/" + acme.scim().post("/Users", """
                        {"userName": "mary@example.com", "displayName": "Smith, Mary Ann",
                         "name": {"givenName": "Mary Ann", "familyName": "Smith"}}
                        """).body().path("id").asString();

        assertThat(acme.scim().patchWith(mary, operation))
                .hasNoRules()
                .says("/displayName", "Mary Ann Smith")
                .says("/name/givenName", "Mary Ann")
                .says("/name/familyName", "Smith");
        assertThat(acme.scim().patchWith(mary, operation))
                .hasRules(FULL_NAME_RESOLUTION)
                .says("/displayName", "Mary Ann Smith");
        assertThat(acme.scim().patchWith(mary, "{\"op\": \"Remove\", \"path\": \"name\"}"))
                .hasNoRules()
                .says("/displayName", "mary@example.com");
    }

    @ParameterizedTest
    @ValueSource(strings = {"displayName", "name", "name.formatted", "name.givenName"})
    void addressThatStandsInForAName_cannotBeTakenAway(String path) {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();

        for (String operation : List.of(
                "{\"op\": \"Remove\", \"path\": \"%s\"}",
                "{\"op\": \"Replace\", \"path\": \"%s\", \"value\": \"\"}",
                "{\"op\": \"Replace\", \"value\": {\"%s\": null}}")) {
            assertThat(acme.scim().patchWith("/Users/" + acme.user("ada@example.com"), operation.formatted(path)))
                    .hasRules(FULL_NAME_RESOLUTION)
                    .says("/displayName", "ada@example.com");
        }
    }

    /** A new display name without parts is split anew: the parts of the old one would be wrong of it. */
    @Test
    void newDisplayNameAlone_isSplitAnew() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String mary = acme.scim().post("/Users", """
                        {"userName": "mary@example.com", "name": {"givenName": "Mary Ann", "familyName": "Smith"}}
                        """).body().path("id").asString();

        assertThat(acme.scim()
                        .patchWith(
                                "/Users/" + mary,
                                "{\"op\": \"Replace\", \"path\": \"displayName\", \"value\": \"Jane Doe\"}"))
                .says("/name/givenName", "Jane")
                .says("/name/familyName", "Doe");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    "displayName": " Ada Lovelace "                              | Ada Lovelace    | Ada
                    "displayName": "   ", "name": {"formatted": "Ada L"}         | Ada L           | Ada
                    "displayName": "   "                                         | ada@example.com | ada@example.com
                    "displayName": "\\u00a0"                                    | ada@example.com | ada@example.com
                    "displayName": "\\u200bAda\\u2060"                          | Ada             | Ada
                    "name": {"givenName": " Ada", "familyName": " Lovelace "}    | Ada Lovelace    | Ada
                    """)
    void names_areTrimmedAndBlankOnesAreEmpty(String attributes, String fullName, String givenName) {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(acme.scim()
                        .post(
                                "/Users",
                                "{\"userName\": \"ada@example.com\", \"userType\": \"Full\", %s}"
                                        .formatted(attributes)))
                .hasStatus(201)
                .hasRules(NAMES_TRIMMED)
                .says("/displayName", fullName)
                .says("/name/givenName", givenName);
    }

    @Test
    void accents_compareAlikeHoweverTheyAreComposed() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        acme.scim().post("/Users", "{\"userName\": \"jose@example.com\", \"displayName\": \"Jose\u0301 Núñez\"}");

        for (String name : List.of("José Núñez", "Jose\u0301 Nu\u0301n\u0303ez", "JOSE\u0301 NÚÑEZ")) {
            assertThat(acme.scim().get("/Users?filter=displayName eq \"" + name + "\""))
                    .as(name)
                    .says("/totalResults", "1")
                    .says("/Resources/0/displayName", "José Núñez");
        }
        assertThat(acme.scim().get("/Users?filter=displayName sw \"Jose\u0301\""))
                .says("/totalResults", "1");
    }
}

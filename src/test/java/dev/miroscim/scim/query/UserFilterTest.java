package dev.miroscim.scim.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Filters of users, over HTTP and the database. */
@MiroScimTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserFilterTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private QueryOrganization acme;

    @BeforeAll
    void create(@Autowired ApplicationContext context) {
        acme = new QueryOrganization(context);
    }

    private void finds(String filter, String names) {
        finds(acme, filter, names);
    }

    private static void finds(QueryOrganization organization, String filter, String names) {
        Answer answer = organization.filter("Users", filter.replace("E:", ENTERPRISE + ":"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(QueryOrganization.names(answer)).isEqualTo(names == null ? "" : names);
        assertThat(answer.body().path("totalResults").asInt())
                .isEqualTo(answer.resources().size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # userName, in any case
                    userName eq "ada@example.com"                          | ada
                    USERNAME EQ "ADA@EXAMPLE.COM"                          | ada
                    userName eq ada@example.com                            | ada
                    urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada@example.com" | ada
                    userName eq "änne@EXAMPLE.com"                         | änne
                    userName eq "nobody@example.com"                       |
                    userName ne "ada@example.com"                          | bob änne 100%
                    userName co "B@"                                       | bob
                    userName sw "AD"                                       | ada
                    userName sw "ÄN"                                       | änne
                    userName ew "A@example.com"                            | ada
                    userName pr                                            | ada bob änne 100%
                    userName gt "ada@example.com"                          | bob änne
                    userName ge "ada@example.com"                          | ada bob änne
                    userName lt "ada@example.com"                          | 100%
                    userName le "ADA@example.com"                          | ada 100%
                    userName eq null                                       |
                    userName ne null                                       | ada bob änne 100%
                    userName sw ""                                         | ada bob änne 100%
                    # names
                    displayName eq "bob"                                   | bob
                    displayName eq "änne öZ"                               | änne
                    displayName co "king"                                  | ada
                    name eq "Bob"                                          | bob
                    name.formatted sw "ada k"                              | ada
                    name.givenName eq "ada"                                | ada
                    name.givenName eq "bob"                                | bob
                    name.familyName eq "King Lovelace"                     | ada
                    name.FamilyName ew "ÖZ"                                | änne
                    name.familyName pr                                     | ada änne 100%
                    name.familyName eq null                                | bob
                    name.familyName ne "Öz"                                | ada bob 100%
                    not (name.familyName sw "k")                           | bob änne 100%
                    name[givenName eq "Ada" and familyName pr]             | ada
                    # licence, whether active
                    userType eq "Full"                                     | ada bob
                    userType eq "free restricted"                          | änne
                    userType ne "Full"                                     | änne 100%
                    userType sw "F"                                        | ada bob änne
                    userType gt "Basic"                                    | ada bob änne
                    userType eq "Gold"                                     |
                    userType pr                                            | ada bob änne 100%
                    active eq true                                         | ada änne 100%
                    active eq "True"                                       | ada änne 100%
                    ActiVe eq FALSE                                        | bob
                    active ne true                                         | bob
                    active eq null                                         |
                    not (active eq false)                                  | ada änne 100%
                    # e-mail addresses
                    emails eq "bob@example.com"                            | bob
                    emails.value eq "BOB@example.com"                      | bob
                    emails.value co "%"                                    | 100%
                    emails.display sw "bob"                                | bob
                    emails.type eq "work"                                  | ada bob änne 100%
                    emails.type eq "home"                                  |
                    emails.primary eq true                                 | ada bob änne 100%
                    emails.primary eq "False"                              |
                    emails[type eq "work"].value eq "bob@example.com"      | bob
                    emails[type eq "home"].value eq "bob@example.com"      |
                    emails[type eq "work" and primary eq "True" and value sw "BOB"] | bob
                    emails[not (value sw "b")]                             | ada änne 100%
                    emails pr                                              | ada bob änne 100%
                    emails.value ne "bob@example.com"                      | ada änne 100%
                    emails eq null                                         |
                    # groups
                    groups.value eq "{design}"                             | ada bob
                    groups.value eq {design}                               | ada bob
                    groups eq "{design}"                                   | ada bob
                    groups.display eq "design"                             | ada bob
                    groups.display co "100%"                               | ada 100%
                    groups[value eq "{design}" and display eq "Design"]    | ada bob
                    groups[value eq "{design}" and display sw "Ops"]       |
                    groups.value eq "{design}" and groups.display sw "Ops" | ada
                    groups pr                                              | ada bob 100%
                    not (groups pr)                                        | änne
                    groups eq null                                         | änne
                    groups.value eq null                                   | änne
                    groups.value ne null                                   | ada bob 100%
                    groups.value ne "{design}"                             | ada änne 100%
                    not (groups.value eq "{design}")                       | änne 100%
                    groups.value eq "1"                                    |
                    groups.value sw "3"                                    | ada bob 100%
                    # roles
                    roles.value eq "ORGANIZATION_INTERNAL_ADMIN"           | ada
                    roles eq "organization_internal_user"                  | bob änne 100%
                    roles.value eq "content admin"                         | ada
                    roles.value sw "User"                                  | ada
                    roles.display eq "Company Admin"                       | ada
                    roles.display eq "Member"                              | bob änne 100%
                    roles.type eq "organization_admin_role"                | ada
                    roles.type eq "organization_user_role"                 | ada bob änne 100%
                    roles[primary eq "False"]                              | ada
                    roles[primary eq true and value co "ADMIN"]            | ada
                    roles[primary eq false and value co "ORGANIZATION"]    |
                    roles[primary eq false and value eq "User Admin"]      | ada
                    roles[type eq "organization_admin_role"].value eq "User Admin" | ada
                    not (roles[primary eq false])                          | bob änne 100%
                    not (roles.value eq "Content Admin")                   | bob änne 100%
                    roles pr                                               | ada bob änne 100%
                    # photos, language
                    photos.value ew ".PNG"                                 | ada
                    photos[type eq "photo"].value sw "https"               | ada
                    photos[type eq "thumbnail"]                            |
                    photos pr                                              | ada
                    not (photos pr)                                        | bob änne 100%
                    photos.value eq null                                   | bob änne 100%
                    photos.value ne "x"                                    | ada bob änne 100%
                    photos[value ne "x"]                                   | ada
                    preferredLanguage eq "en_us"                           | ada
                    preferredLanguage pr                                   | ada
                    not (preferredLanguage eq "en_US")                     | bob änne 100%
                    preferredLanguage ne "de"                              | ada bob änne 100%
                    # the enterprise extension
                    E:employeeNumber eq "701984"                           | ada
                    E:employeeNumber eq 701984                             | ada
                    E:employeeNumber eq 0701984                            | änne
                    E:costCenter eq "cc_1"                                 | ada
                    E:organization sw "100%"                               | ada
                    E:division co "\\\\"                                   | ada
                    E:department eq "r&d"                                  | ada
                    E:department sw "R&D"                                  | ada änne
                    E:department pr                                        | ada änne
                    E:department ne "R&D"                                  | bob änne 100%
                    not (E:department sw "R&D")                            | bob 100%
                    E:manager eq "3458764577585056871"                     | ada
                    E:manager.value eq -7                                  | änne
                    E:manager.value ne "-7"                                | ada bob 100%
                    E:manager.displayName eq "the boss"                    | ada
                    E:manager[value eq "3458764577585056871" and displayName pr] | ada
                    E:manager pr                                           | ada änne 100%
                    E:manager.value pr                                     | ada änne
                    manager eq 3458764577585056871                         | ada
                    manager.displayName pr                                 | ada 100%
                    department eq "R&D"                                    |
                    # id, schemas, meta
                    id eq "{bob}"                                          | bob
                    ID eq {bob}                                            | bob
                    id eq "0{bob}"                                         |
                    id eq "bob"                                            |
                    id eq "99999999999999999999"                           |
                    id ne "{bob}"                                          | ada änne 100%
                    id eq "{guest}"                                        |
                    id pr                                                  | ada bob änne 100%
                    id sw "34587"                                          | ada bob änne 100%
                    schemas eq "urn:ietf:params:scim:schemas:core:2.0:User" | ada bob änne 100%
                    schemas co "enterprise"                                |
                    not (schemas co "enterprise")                          | ada bob änne 100%
                    schemas pr                                             | ada bob änne 100%
                    meta.resourceType eq "user"                            | ada bob änne 100%
                    meta.resourceType eq "Group"                           |
                    meta.location ew "/Users/{bob}"                        | bob
                    meta pr                                                | ada bob änne 100%
                    meta.created ge "2020-01-01T00:00:00Z"                 | ada bob änne 100%
                    meta.lastModified lt 2020-01-01T00:00:00.1234567-07:00 |
                    meta.lastModified ge "0001-01-03T00:00:00.0000000Z"    | ada bob änne 100%
                    meta.lastModified ge "0001-01-03T00:00:00"             | ada bob änne 100%
                    meta.lastModified le 0001-01-03T00:00:00.5             |
                    """)
    void everyAttribute(String filter, String names) {
        finds(filter, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    displayName co "%"                  | 100%
                    displayName co "_"                  | 100%
                    displayName co "\\\\"               | 100%
                    displayName eq "100_ \\\\_sure"     |
                    displayName eq "100% \\\\_sure"     | 100%
                    displayName sw "100_"               |
                    userName sw "50%_of\\\\"            | 100%
                    userName sw "5%"                    |
                    userName ew "_of\\\\F@example.com"  | 100%
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter sw "CC_" | ada
                    """)
    void wildcards_areOrdinaryCharacters(String filter, String names) {
        finds(filter, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    userName sw "a" or userName sw "b" and active eq true     | ada
                    (userName sw "a" or userName sw "b") and active eq true   | ada
                    userName sw "b" or userName sw "a" and active eq true     | ada bob
                    not (userName sw "a" or userName sw "b")                  | änne 100%
                    not (userName sw "a") and not (active eq false)           | änne 100%
                    not (not (userName sw "a"))                               | ada
                    not (userType eq "Full" and active eq true)               | bob änne 100%
                    userName eq "bob@example.com" or nickName eq "x"          | bob
                    userName eq "bob@example.com" and nickName eq "x"         |
                    userName eq "bob@example.com" and not (nickName eq "x")   | bob
                    (ActiVe eq true) and meta.lastmodified ge "2021-09-23T19:35:41.8420572Z" | ada änne 100%
                    name.FamilyName eq Öz and (emails.Value co example.com or emails.Value co example.org) | änne
                    """)
    void logic(String filter, String names) {
        finds(filter, names);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    schemas eq "urn:ietf:params:scim:schemas:core:2.0:User" | ada bob änne 100%
                    schemas co "enterprise"                                | ada änne 100%
                    not (schemas co "enterprise")                          | bob
                    schemas pr                                             | ada bob änne 100%
                    """)
    void schemasThatListTheExtension(String filter, String names, @Autowired ApplicationContext context) {
        finds(new QueryOrganization(context, "{\"userSchemas\": \"WITH_EXTENSION\"}"), filter, names);
    }

    /** Entra asks whether the manager is set already, in whatever order and spelling. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    id eq {ada} and manager eq 3458764577585056871            | ada
                    manager eq "3458764577585056871" and ID eq "{ada}"        | ada
                    id eq {bob} and manager eq 3458764577585056871            |
                    id eq {ada} and Manager eq {bob}                          |
                    """)
    void referenceCheck(String filter, String names) {
        finds(filter, names);
    }

    /** Test Connection asks for an attribute of any name. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "PLACEHOLDER eq \"8646d011-0000-0000-0000-000000000000\"",
                "externalId eq \"9edf3db5-0000-0000-0000-000000000000\"",
                "externalId eq jyoung",
                "urn:example:2.0:Badge:number pr",
                "title[value eq \"x\"]",
                "name.middleName pr"
            })
    void unknownAttributes_matchNobody(String filter) {
        finds(filter, "");
        assertThat(acme.filter("Users", filter).body().path("Resources").isArray())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nobody",
                "",
                "userName eq",
                "userName like \"x\"",
                "active eq \"perhaps\"",
                "active co \"tr\"",
                "emails.primary gt \"a\"",
                "meta.created eq \"yesterday\"",
                "meta.created co \"2026\"",
                "meta.created gt \"+12026-01-01T00:00:00Z\""
            })
    void whatCannotBeCompared_isAnInvalidFilter(String filter) {
        Answer answer = acme.filter("Users", filter);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("scimType").asString()).isEqualTo("invalidFilter");
    }

    /** As many conditions as the parser reads, whatever they cost. */
    @Test
    void longFilters_areAnswered() {
        finds(
                String.join(" or ", Collections.nCopies(300, "id eq {bob}")).replace("{bob}", "1") + " or id eq {bob}",
                "bob");
        finds(String.join(" and ", Collections.nCopies(60, "groups.value eq {design}")), "ada bob");
        finds("(".repeat(49) + "userName sw \"b\"" + ")".repeat(49), "bob");
    }
}

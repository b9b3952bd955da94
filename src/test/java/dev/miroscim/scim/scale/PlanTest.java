package dev.miroscim.scim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.Statements;
import dev.miroscim.Statements.Sent;
import dev.miroscim.TestOrganization;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * At a hundred thousand users, the very statements of what clients ask for look at no more rows than they have to. The
 * number of rows is what PostgreSQL counted, not what it guessed.
 */
@Campaign
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Isolated("shares the people of StatementCountTest")
class PlanTest {

    /**
     * Requests, and how many rows a statement of theirs looks at, that are the same whether groups are teams or user
     * groups.
     */
    private static final String WHATEVER_GROUPS_ARE = """
            /Users/{user}                                                              | 20
            /Users?filter=groups.value eq {team}                                       | 500
            /Groups?excludedAttributes=members&filter=displayName eq "TEAM 12"         | 20
            /Groups?filter=displayName eq "Team 12"                                    | 200
            /Groups?attributes=id&filter=members eq {user} and id eq {team}            | 20
            /Groups?attributes=id&filter=id eq {large} and members eq {user}           | 20
            /Groups/{team}                                                             | 200
            /Groups/{team}?excludedAttributes=members                                  | 1
            """;

    /** Below the numbers whose people StatementCountTest renames. */
    private static final int USER = 5;

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";

    /** The tables that grow with the number of people. */
    private static final Set<String> LARGE = Set.of("membership", "profile", "team_member", "user_group_member");

    private Crowd crowd;

    private final DataSource dataSource = Crowd.dataSource();

    @BeforeAll
    void seed() {
        crowd = Crowd.of(100_000);
    }

    /**
     * What identity providers send by the thousand: their statements keep one plan for all parameters, so it has to be
     * good.
     */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # request                                                                  | most rows a statement looks at
                    /Users?filter=userName eq "USER{n}@crowd.example"                          | 20
                    /Users?filter=userName eq "nobody@crowd.example"                           | 0
                    /Users?filter=emails[type eq "work"].value eq "user{n}@crowd.example"      | 20
                    /Users?filter=displayName eq "given{n} family{n}"                          | 20
                    /Users?filter=name.familyName eq Family{n}                                 | 20
                    /Users?filter=name.FamilyName eq Family{n} and (emails.Value co crowd or emails.Value co example.org) | 20
                    /Users?filter=id eq "{user}"                                               | 20
                    /Users?attributes=id&filter=id eq {user} and manager eq {user}             | 20
                    /Users?attributes=id&filter=manager eq {user} and ID eq {user}             | 20
                    /Users?filter=externalId eq "9edf3db5-0000-0000-0000-000000000000"         | 0
                    /Users?filter=PLACEHOLDER eq "x"                                           | 0
                    /Users?filter=E:employeeNumber eq "E{n}"                                   | 20
                    /Users?filter=E:department eq "department 11"                              | 500
                    /Users?filter=roles.value eq "User Admin"                                  | 500
                    /Users?filter=roles.value eq "ORGANIZATION_INTERNAL_ADMIN"                 | 1000
                    /Users?filter=active eq false&count=10                                     | 1100
                    /Users?filter=userType eq "Basic"                                          | 600
                    """ + WHATEVER_GROUPS_ARE)
    void whatClientsAsk_isFoundInAnIndex_whateverTheParameters(String path, long rows) {
        for (Sent statement : sent(path)) {
            assertFrugal(Plan.custom(statement, dataSource), rows);
            assertFrugal(Plan.generic(statement, dataSource), rows);
        }
    }

    /** Where a parameter decides how many rows there are, PostgreSQL plans for each anew. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    /Users?filter=userName sw "user4242"                                       | 100
                    /Users?filter=displayName sw "given4242"                                   | 100
                    /Users?filter=displayName co "iven4242 "                                   | 20
                    /Users?filter=userName co "R4242@"                                         | 20
                    /Users?filter=userName ew "4242@crowd.example"                             | 100
                    /Users?filter=displayName co "family4242" and active eq true               | 100
                    /Users?filter=meta.lastModified ge "2030-01-01T00:00:00Z"                  | 50
                    /Users?filter=(ActiVe eq true) and meta.lastmodified ge "2030-01-01T00:00:00Z"   | 50
                    /Users?filter=active eq true and (meta.lastModified ge "0001-01-03T00:00:00.0000000Z" and meta.lastModified le "2024-01-01T00:00:00Z")&count=5&startIndex=1 | 10
                    /Users?filter=name.givenName eq Given{n}                                   | 20
                    /Users?filter=E:manager eq {user}                                          | 20
                    /Users?filter=groups.display eq "Team 12"                                  | 700
                    """)
    void whatIsAskedLessOften_isFoundInAnIndexToo(String path, long rows) {
        sent(path).forEach(statement -> assertFrugal(Plan.custom(statement, dataSource), rows));
    }

    /** A page costs as much as it has users; only to skip others, and to count all, are they looked at, in an index. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    /Users?startIndex=1&count=100                   | 500
                    /Users                                          | 500
                    /Users?count=1000                               | 5000
                    /Users?filter=active eq true                    | 500
                    /Users?filter=userType eq Full                  | 500
                    /Users?filter=roles.value eq ORGANIZATION_INTERNAL_USER | 500
                    /Users?sortBy=userName                          | 1000
                    /Users?sortBy=userName&sortOrder=descending     | 1000
                    /Users?sortBy=emails.value                      | 1000
                    /Users?startIndex=50001&count=100               | 1500
                    /Users?startIndex=99001&count=1000              | 6000
                    /Users?startIndex=100201&count=100              | 1500
                    """)
    void pages_areReadFromAnIndex(String path, long rows) {
        for (Sent statement : sent(path)) {
            boolean counts = statement.sql().startsWith("select count");
            assertFrugal(Plan.generic(statement, dataSource), counts ? Long.MAX_VALUE : rows);
            if (!counts) {
                // If all there are belong to one organisation, PostgreSQL may count without an index.
                assertFrugal(Plan.custom(statement, dataSource), rows);
            }
        }
    }

    /** It has most of all members there are in groups, so that an index would not help. */
    @Test
    void aPageOfGroups_costsAsMuchAsItHasMembers() {
        for (Sent statement : sent("/Groups?count=50")) {
            Plan plan = Plan.custom(statement, dataSource);
            assertThat(plan.rowsRead(LARGE)).as(plan.toString()).isLessThanOrEqualTo(30_000);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/Users/{user} {'op': 'replace', 'path': 'displayName', 'value': 'Given{n} Family{n}'}",
                "/Users/{user} {'op': 'replace', 'path': 'userName', 'value': 'User{n}@crowd.example'}",
                "/Users/{user} {'op': 'replace', 'path': 'active', 'value': true}",
                "/Users/{user} {'op': 'replace', 'path': 'userType', 'value': 'Advanced'}",
                "/Groups/{large} {'op': 'add', 'path': 'members', 'value': [{'value': '{user}'}]}",
                "/Groups/{large} {'op': 'remove', 'path': 'members', 'value': [{'value': '{user}'}]}"
            })
    void changes_findTheirRowsInAnIndex(String request) {
        String path = personal(crowd, request).replace('\'', '"');
        int space = path.indexOf(' ');
        for (Sent statement : Statements.of(() -> assertThat(crowd.scim()
                        .patchWith(path.substring(0, space), path.substring(space + 1))
                        .status())
                .isEqualTo(200))) {
            assertThat(Plan.generic(statement, dataSource).tablesReadWhole()).doesNotContainAnyElementsOf(LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = WHATEVER_GROUPS_ARE)
    void userGroups_areFoundInAnIndex(String path, long rows) {
        Crowd userGroups = Crowd.ofUserGroups(10_000);
        String request = personal(userGroups, path);
        for (Sent statement : sent(() -> userGroups.scim().get(request), 200)) {
            assertFrugal(Plan.custom(statement, dataSource), rows);
            assertFrugal(Plan.generic(statement, dataSource), rows);
        }
    }

    /** By whatever members are named: ids or addresses, one or many. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    POST  | 201 | {'email': 'user{n}@crowd.example'}
                    PATCH | 207 | {'membersToAdd': ['{user}', 'USER6@crowd.example', '1', 'nobody@crowd.example']}
                    PATCH | 207 | {'membersToAdd': ['user7@crowd.example'], 'membersToRemove': ['{user}']}
                    """)
    void membersOfUserGroups_areFoundInAnIndex(String method, int status, String body) {
        Crowd userGroups = Crowd.ofUserGroups(10_000);
        TestOrganization organization = userGroups.organization();
        RestClient rest = organization.rest();
        String path = organization.path("/groups/" + userGroups.group("Team 99") + "/members");
        rest.delete(path + "/" + userGroups.user(USER));
        String request = personal(userGroups, body).replace('\'', '"');
        for (Sent statement :
                sent(() -> rest.send(method, path, request, "Content-Type", "application/json"), status)) {
            assertFrugal(Plan.custom(statement, dataSource), 20);
            assertFrugal(Plan.generic(statement, dataSource), 20);
        }
    }

    private List<Sent> sent(String path) {
        String request = personal(crowd, path);
        return sent(() -> crowd.scim().get(request), 200);
    }

    private static List<Sent> sent(Supplier<Answer> request, int status) {
        List<Sent> sent = Statements.of(() -> assertThat(request.get().status()).isEqualTo(status));
        return sent.stream()
                .filter(statement -> !statement.sql().contains("from access_token")
                        && !statement.sql().contains("from organization o1_0"))
                .toList();
    }

    private static String personal(Crowd crowd, String text) {
        return text.replace("{n}", Integer.toString(USER))
                .replace("{user}", crowd.user(USER))
                .replace("{team}", crowd.group("Team 12"))
                .replace("{large}", crowd.group("Large"))
                .replace("E:", ENTERPRISE);
    }

    private static void assertFrugal(Plan plan, long rows) {
        assertThat(plan.tablesReadWhole()).as(plan.toString()).doesNotContainAnyElementsOf(LARGE);
        assertThat(plan.rowsRead(LARGE)).as(plan.toString()).isLessThanOrEqualTo(rows);
    }
}

package dev.miroscim.scim.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.Statements;
import dev.miroscim.Statements.Sent;
import dev.miroscim.TestOrganization;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Pages, order and the choice of attributes of lists. */
@MiroScimTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListingTest {

    private static final int CROWD = 1_005;

    private QueryOrganization acme;
    private TestOrganization crowd;

    @BeforeAll
    void create(@Autowired ApplicationContext context) {
        acme = new QueryOrganization(context);
        TestOrganization.Builder builder = TestOrganization.in(context);
        IntStream.rangeClosed(1, CROWD).forEach(n -> builder.member("user%04d@example.com".formatted(n)));
        IntStream.rangeClosed(1, 120).forEach(n -> builder.team("Team %03d".formatted(n)));
        crowd = builder.create();
    }

    /** What a page looks like: who is first, how many, and what it says of itself. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                    # query                                      | first    | size | startIndex | rules
                    -                                            | user0001 | 100  | -          | -
                    count=10                                     | user0001 | 10   | 1          | -
                    startIndex=1                                 | user0001 | 100  | 1          | -
                    startIndex=11&count=10                       | user0011 | 10   | 11         | -
                    startIndex=0&count=1                         | user0001 | 1    | 1          | -
                    startIndex=-5&count=1                        | user0001 | 1    | 1          | -
                    startIndex=1001&count=10                     | user1001 | 5    | 1001       | -
                    startIndex=1005&count=10                     | user1005 | 1    | 1005       | -
                    startIndex=1006&count=10                     | -        | 0    | 1006       | -
                    startIndex=2147483647&count=10               | -        | 0    | 2147483647 | -
                    startIndex=99999999999999999999999&count=10  | -        | 0    | 2147483647 | -
                    count=1000                                   | user0001 | 1000 | 1          | -
                    count=1001                                   | user0001 | 1000 | 1          | page-limit
                    count=9999                                   | user0001 | 1000 | 1          | page-limit
                    count=99999999999999999999999                | user0001 | 1000 | 1          | page-limit
                    startIndex=%201%20&count=+2                  | user0001 | 2    | 1          | -
                    startIndex=&count=                           | user0001 | 100  | -          | -
                    count=5&nonsense=1                           | user0001 | 5    | 1          | -
                    """)
    void pages(String query, String first, int size, Integer startIndex, String rules) {
        Answer answer = crowd.scim().get("/Users" + (query == null ? "" : "?" + query));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        JsonNode body = answer.body();
        assertThat(body.path("totalResults").asInt()).isEqualTo(CROWD);
        assertThat(answer.resources()).hasSize(size);
        assertThat(
                        size == 0
                                ? null
                                : answer.resources().getFirst().path("userName").asString())
                .isEqualTo(first == null ? null : first + "@example.com");
        assertThat(body.path("startIndex").asInt(-1)).isEqualTo(startIndex == null ? -1 : startIndex);
        assertThat(body.path("itemsPerPage").asInt(-1)).isEqualTo(startIndex == null ? -1 : size);
        assertThat(answer.rules()).isEqualTo(rules == null ? List.of() : List.of(rules));
    }

    /** Whoever asks for no resources asks how many there are, and is told nothing else. */
    @ParameterizedTest
    @CsvSource({
        "/Users?count=0, 1005",
        "/Users?count=-1, 1005",
        "/Users?count=0&startIndex=7&attributes=userName, 1005",
        "/Users?count=0&filter=(userName sw \"user000\"), 9",
        "/Users?count=0&filter=userName eq \"nobody@example.com\", 0",
        "/Groups?count=0, 120",
        "/Groups?count=0&filter=displayName sw \"Team 01\", 10"
    })
    void countOfZero_tellsHowMany(String query, int total) {
        Answer answer = crowd.scim().get(query);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text())
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],\"totalResults\":%d}"
                        .formatted(total));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"count=ten", "startIndex=1.5", "count=1e3", "startIndex=one", "sortBy=userName&sortOrder=up"})
    void numbersThatAreNone_areInvalid(String query) {
        for (String resources : List.of("/Users?", "/Groups?")) {
            Answer answer = crowd.scim().get(resources + query);
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.body().path("scimType").asString()).isEqualTo("invalidValue");
        }
    }

    @Test
    void allPagesTogether_areEverybodyOnceInTheSameOrder() {
        List<String> names = new ArrayList<>();
        for (int start = 1; start <= CROWD; start += 100) {
            Answer page = crowd.scim().get("/Users?count=100&attributes=userName&startIndex=" + start);
            assertThat(page.body().path("totalResults").asInt()).isEqualTo(CROWD);
            page.resources().forEach(user -> names.add(user.path("userName").asString()));
        }
        assertThat(names).hasSize(CROWD).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    startIndex=1&count=100   | 100 | 120
                    startIndex=101&count=100 | 20  | 120
                    startIndex=121&count=100 | 0   | 120
                    filter=displayName sw "Team 01"&count=5 | 5 | 10
                    """)
    void pagesOfGroups(String query, int size, int total) {
        Answer answer = crowd.scim().get("/Groups?" + query);
        assertThat(answer.resources()).hasSize(size);
        assertThat(answer.body().path("totalResults").asInt()).isEqualTo(total);
        assertThat(answer.body().path("itemsPerPage").asInt()).isEqualTo(size);
    }

    @Test
    void filteredPages_countAllThatMatch() {
        for (int start : new int[] {1, 5, 9, 11}) {
            Answer answer = crowd.scim().get("/Users?filter=userName sw \"user000\"&count=4&startIndex=" + start);
            assertThat(answer.body().path("totalResults").asInt()).isEqualTo(9);
            assertThat(answer.resources()).hasSize(Math.clamp(10 - start, 0, 4));
        }
    }

    /** Whoever has no value comes last, and first if the order is turned around (RFC 7644, section 3.4.2.3). */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    userName              | 100% ada bob änne | änne bob ada 100%
                    USERNAME              | 100% ada bob änne | änne bob ada 100%
                    urn:ietf:params:scim:schemas:core:2.0:User:userName | 100% ada bob änne | änne bob ada 100%
                    emails                | 100% ada bob änne | änne bob ada 100%
                    emails.value          | 100% ada bob änne | änne bob ada 100%
                    displayName           | 100% ada bob änne | änne bob ada 100%
                    name                  | 100% ada bob änne | änne bob ada 100%
                    name.formatted        | 100% ada bob änne | änne bob ada 100%
                    name.givenName        | 100% ada bob änne | änne bob ada 100%
                    name.familyName       | 100% ada änne bob | bob änne ada 100%
                    userType              | 100% änne ada bob | ada bob änne 100%
                    active                | bob ada änne 100% | ada änne 100% bob
                    preferredLanguage     | ada bob änne 100% | bob änne 100% ada
                    photos.value          | ada bob änne 100% | bob änne 100% ada
                    roles.value           | ada bob änne 100% | bob änne 100% ada
                    id                    | ada bob änne 100% | 100% änne bob ada
                    meta.created          | ada bob änne 100% | 100% änne bob ada
                    meta.lastModified     | ada bob änne 100% | 100% änne bob ada
                    meta.location         | ada bob änne 100% | 100% änne bob ada
                    meta.resourceType     | ada bob änne 100% | ada bob änne 100%
                    emails.type           | ada bob änne 100% | ada bob änne 100%
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department      | ada änne bob 100% | bob 100% änne ada
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber  | änne ada bob 100% | bob 100% ada änne
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter      | ada 100% bob änne | bob änne 100% ada
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization    | ada bob änne 100% | bob änne 100% ada
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division        | ada bob änne 100% | bob änne 100% ada
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager         | änne ada bob 100% | bob 100% ada änne
                    urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName | 100% ada bob änne | bob änne ada 100%
                    """)
    void sorting(String sortBy, String ascending, String descending) {
        assertThat(QueryOrganization.names(acme.scim().get("/Users?sortBy=" + sortBy)))
                .isEqualTo(ascending);
        assertThat(QueryOrganization.names(acme.scim().get("/Users?sortOrder=ascending&sortBy=" + sortBy)))
                .isEqualTo(ascending);
        assertThat(QueryOrganization.names(acme.scim().get("/Users?sortOrder=Descending&sortBy=" + sortBy)))
                .isEqualTo(descending);
    }

    @Test
    void equalKeys_areOrderedByIdOnAllPages() {
        List<String> names = new ArrayList<>();
        for (int start = 1; start <= CROWD; start += 500) {
            crowd.scim()
                    .get("/Users?sortBy=userType&sortOrder=descending&count=500&startIndex=" + start)
                    .resources()
                    .forEach(user -> names.add(user.path("userName").asString()));
        }
        assertThat(names).hasSize(CROWD).isSorted();
    }

    @Test
    void sorting_ofGroupsAndOfFilteredUsers() {
        assertThat(QueryOrganization.names(acme.scim().get("/Groups?sortBy=displayName&sortOrder=descending")))
                .isEqualTo("ops nobody_yet design");
        assertThat(QueryOrganization.names(acme.scim().get("/Groups?sortBy=id")))
                .isEqualTo("design ops nobody_yet");
        assertThat(QueryOrganization.names(acme.scim().get("/Users?sortBy=userName&count=2&filter=active eq true")))
                .isEqualTo("100% ada");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/Users?sortBy=groups.display", "/Users?sortBy=nickName", "/Groups?sortBy=members"})
    void sorting_byWhatHasNoOrder_isRefused(String path) {
        Answer answer = acme.scim().get(path);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("scimType").asString()).isEqualTo("invalidValue");
    }

    @Test
    void attributes_narrowTheAnswer() {
        assertThat(acme.scim()
                        .get("/Users?attributes=userName,emails.value&filter=userName sw \"bob\"")
                        .resources())
                .singleElement()
                .satisfies(user -> assertThat(user.propertyNames())
                        .containsExactlyInAnyOrder("schemas", "id", "userName", "emails"));
        assertThat(acme.filter("Groups", "displayName eq \"Design\"")
                        .resources()
                        .getFirst()
                        .path("members"))
                .hasSize(2);
        assertThat(acme.scim().get("/Groups?excludedAttributes=members").resources())
                .hasSize(3)
                .noneMatch(group -> group.has("members"));
    }

    /** What an answer does not show is not read either. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /Users?attributes=userName          | team_member
                    /Users?excludedAttributes=groups    | team_member
                    /Groups?attributes=id               | membership
                    /Groups?attributes=displayName      | membership
                    /Groups?excludedAttributes=members  | membership
                    /Groups/{design}?excludedAttributes=members | membership
                    /Groups/{design}?attributes=displayName     | membership
                    """)
    void collectionsThatAreLeftOut_areNotRead(String path, String table) {
        List<Sent> sent = Statements.of(
                () -> assertThat(acme.scim().get(acme.withIds(path)).status()).isEqualTo(200));
        assertThat(sent)
                .isNotEmpty()
                .noneMatch(statement -> statement.sql().contains("from " + table + " tm")
                        || statement.sql().contains("join " + table + " "));
    }
}

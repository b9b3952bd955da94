package dev.miroscim.scim.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.Statements;
import dev.miroscim.Statements.Sent;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements are what a request costs: there are as many of them for a hundred users as for a hundred thousand. */
@Campaign
@ParameterizedClass(name = "{0} users")
@ValueSource(ints = {100, 100_000})
@Isolated("shares the people of PlanTest")
class StatementCountTest {

    /** Requests, and how many statements each costs, that are the same whether groups are teams or user groups. */
    private static final String WHATEVER_GROUPS_ARE = """
            /Users/{user}                                                     | 1
            /Users?startIndex=1&count=100                                     | 1
            /Groups?filter=displayName eq "Team 12"                           | 2
            /Groups?excludedAttributes=members&filter=displayName eq "Team 12" | 1
            /Groups?attributes=id&filter=id eq {large} and members eq {user}  | 1
            /Groups/{large}                                                   | 2
            /Groups/{large}?excludedAttributes=members                        | 1
            /Groups?count=50                                                  | 3
            """;

    /** Nobody is used by two tests. */
    private static final AtomicInteger NEXT = new AtomicInteger(10);
    /** Apart, so that no test names a person again that another has renamed. */
    private static final AtomicInteger CREATED = new AtomicInteger();

    @Parameter
    private int size;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    /Users/{user}?attributes=userName                                 | 1
                    /Users?filter=userName eq "user{n}@crowd.example"                 | 1
                    /Users?filter=userName eq "nobody@crowd.example"                  | 1
                    /Users?filter=emails[type eq "work"].value eq "user{n}@crowd.example" | 1
                    /Users?filter=displayName eq "Given{n} Family{n}"                 | 1
                    /Users?attributes=id&filter=id eq {user} and manager eq {user}    | 1
                    /Users?filter=externalId eq "x"                                   | 1
                    /Users?count=0                                                    | 1
                    /Users?count=1000                                                 | 1
                    /Users?sortBy=userName                                            | 1
                    """ + WHATEVER_GROUPS_ARE)
    void reading(String path, int most) {
        Crowd crowd = Crowd.of(size);
        String query = personal(crowd, path);
        assertAtMost(most, 200, () -> crowd.scim().get(query));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'op': 'replace', 'path': 'displayName', 'value': 'New Name'}",
                "{'op': 'replace', 'path': 'active', 'value': 'False'}",
                "{'op': 'replace', 'path': 'userName', 'value': 'new{n}@crowd.example'}",
                "{'op': 'replace', 'path': 'roles[primary eq true].value', 'value': 'ORGANIZATION_INTERNAL_ADMIN'}",
                "{'op': 'add', 'path': 'roles', 'value': [{'value': 'User Admin', 'type': 'organization_admin_role'}]}",
                "{'op': 'replace', 'path': 'photos.value', 'value': 'https://pictures.example/a.png'}",
                "{'op': 'add', 'path': 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager', 'value': '{user}'}",
                "{'op': 'replace', 'value': {'active': true}}",
                "{'op': 'replace', 'value': {'userName': 'other{n}@crowd.example', 'name.familyName': 'Other', "
                        + "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber': 'X{n}'}}"
            })
    void changingAUser(String operation) {
        assertChangeTakesAtMost(3, operation);
    }

    /** Of a licence with a number of seats, the organisation is held while they are counted. */
    @Test
    void changingTheLicenseOfAUser() {
        assertChangeTakesAtMost(4, "{'op': 'replace', 'path': 'userType', 'value': 'Advanced'}");
    }

    private void assertChangeTakesAtMost(int most, String operation) {
        Crowd crowd = Crowd.of(size);
        List<String> request = List.of(
                personal(crowd, "/Users/{user}|" + operation.replace('\'', '"')).split("[|]"));
        assertAtMost(most, 200, () -> crowd.scim().patchWith(request.getFirst(), request.getLast()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Large", "Team 7", "Team 8"})
    void changingOneMemberOfAGroup(String group) {
        Crowd crowd = Crowd.of(size);
        String path = "/Groups/" + crowd.group(group);
        String user = personal(crowd, "{user}");
        String add = """
                {"op": "add", "path": "members", "value": [{"value": "%s"}]}""".formatted(user);
        String remove = """
                {"op": "remove", "path": "members[value eq \\"%s\\"]"}""".formatted(user);
        for (String change : List.of(add, add.replace("add", "Remove"), add, remove)) {
            assertAtMost(4, 200, () -> crowd.scim().patchWith(path, change));
        }
        for (String change : List.of(add, remove)) {
            assertAtMost(3, 200, () -> crowd.scim().patchWith(path + "?excludedAttributes=members", change));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = WHATEVER_GROUPS_ARE)
    void readingWhereGroupsAreUserGroups(String path, int most) {
        Crowd crowd = Crowd.ofUserGroups(Math.min(size, 10_000));
        String query = personal(crowd, path);
        assertAtMost(most, 200, () -> crowd.scim().get(query));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Large", "Team 7"})
    void changingOneMemberOfAUserGroup(String group) {
        Crowd crowd = Crowd.ofUserGroups(Math.min(size, 10_000));
        String path = "/Groups/" + crowd.group(group);
        String user = personal(crowd, "{user}");
        String add = """
                {"op": "add", "path": "members", "value": [{"value": "%s"}]}""".formatted(user);
        String remove = """
                {"op": "remove", "path": "members[value eq \\"%s\\"]"}""".formatted(user);
        for (String change : List.of(add, add.replace("add", "Remove"), add, remove)) {
            assertAtMost(4, 200, () -> crowd.scim().patchWith(path, change));
            assertAtMost(3, 200, () -> crowd.scim().patchWith(path + "?excludedAttributes=members", change));
        }
        String body =
                "{\"displayName\": \"Created for %s\", \"members\": [{\"value\": \"%s\"}]}".formatted(group, user);
        AtomicReference<Answer> created = new AtomicReference<>();
        assertAtMost(7, 201, () -> {
            created.set(crowd.scim().post("/Groups", body));
            return created.get();
        });
        assertAtMost(
                6,
                201,
                () -> crowd.scim().post("/Groups?excludedAttributes=members", body.replace("Created", "Also created")));
        String id = created.get().body().path("id").asString();
        assertAtMost(0, 405, () -> crowd.scim().put("/Groups/" + id, body));
        assertAtMost(3, 204, () -> crowd.scim().delete("/Groups/" + id));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ", 'active': false",
                ", 'roles': [{'value': 'User Admin', 'type': 'organization_admin_role'}]",
                ", 'displayName': 'Some Body', 'userType': 'Full', 'preferredLanguage': 'en', "
                        + "'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User': "
                        + "{'employeeNumber': '1', 'department': 'IT', 'manager': {'value': '1'}}"
            })
    void creatingAUser(String attributes) {
        assertCreationTakesAtMost(2, attributes);
    }

    /** Of a licence with a number of seats, the organisation is held while they are counted. */
    @Test
    void creatingAUserWithALicenseOfWhichThereAreSeats() {
        assertCreationTakesAtMost(4, ", 'userType': 'Advanced'");
    }

    private void assertCreationTakesAtMost(int most, String attributes) {
        Crowd crowd = Crowd.of(size);
        // More often than numbers are taken from the sequence.
        for (int i = 0; i < 60; i++) {
            String body = "{\"userName\": \"created%d@crowd.example\"%s}"
                    .formatted(CREATED.incrementAndGet(), attributes.replace('\'', '"'));
            assertAtMost(most, 201, () -> crowd.scim().post("/Users", body));
        }
    }

    private static String personal(Crowd crowd, String text) {
        int n = NEXT.incrementAndGet() % 90 + 5;
        return text.replace("{n}", Integer.toString(n))
                .replace("{user}", crowd.user(n))
                .replace("{large}", crowd.group("Large"));
    }

    private static void assertAtMost(int most, int status, Supplier<Answer> request) {
        AtomicReference<Answer> answer = new AtomicReference<>();
        List<Sent> sent = Statements.of(() -> answer.set(request.get())).stream()
                .filter(statement -> !fillsCache(statement))
                .toList();
        assertThat(answer.get().status()).as(answer.get().text()).isEqualTo(status);
        assertThat(sent).hasSizeLessThanOrEqualTo(most);
    }

    /** Tokens and settings are remembered for seconds, which may just be over. */
    private static boolean fillsCache(Sent statement) {
        return statement.sql().contains("from access_token") || statement.sql().contains("from organization or1_0");
    }
}

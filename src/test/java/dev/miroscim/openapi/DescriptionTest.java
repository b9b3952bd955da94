package dev.miroscim.openapi;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.miroscim.Control;
import dev.miroscim.FailingHandlers;
import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.access.Scope;
import dev.miroscim.openapi.ServedDescription.Call;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The program answers as it describes itself, and describes all that it answers. */
@MiroScimTest
class DescriptionTest {

    private static final String SCIM = "/api/v1/scim";
    private static final String PATCH = """
            {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"], "Operations": [%s]}
            """;

    @Autowired
    private ApplicationContext context;

    private ServedDescription description;

    @BeforeEach
    void read() {
        description = ServedDescription.of(context);
    }

    /** One after the other, as the last looks at what all others saw. */
    @TestFactory
    @Execution(ExecutionMode.SAME_THREAD)
    Stream<DynamicTest> everyCall_answersAsDescribed() {
        return Stream.of(
                dynamicTest("where all goes well", this::callAll),
                dynamicTest("by an injected 429", () -> callWithFault(429)),
                dynamicTest("by an injected 500", () -> callWithFault(500)),
                dynamicTest("by an injected 503", () -> callWithFault(503)),
                dynamicTest("where another request was first", () -> callWithFailure(409)),
                dynamicTest("where the program fails", () -> callWithFailure(500)),
                dynamicTest("where the database is away", () -> callWithFailure(503)),
                dynamicTest("where its answer is not accepted", this::callForOtherMediaTypes),
                dynamicTest("without a token", this::callWithoutToken),
                dynamicTest("after too many wrong passwords", this::callAfterWrongPasswords),
                dynamicTest("where it is not allowed", this::callWhereNotAllowed),
                dynamicTest("with the described scopes alone", this::callWithDescribedScopes),
                dynamicTest("where there is nothing", this::callWhereNothingIs),
                dynamicTest("where the path is malformed", this::callMalformedPaths),
                dynamicTest("where the body is wrong", this::callWithWrongBodies),
                dynamicTest(
                        "and every described status was among the answers",
                        () -> assertThat(description.unanswered()).isEmpty()));
    }

    private void callAll() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .companyAdmin("ada@example.com", "Design")
                .member("bob@example.com", "Design")
                .guest("gil@example.org", "Design")
                .deactivated("dan@example.com")
                .board("Plan", "Design", "ada@example.com")
                .create();
        Calls calls = Calls.of(context, description, acme);

        callUsersAndTeams(calls, acme);
        callDiscovery(calls);
        callUserGroups(context, description, calls);
        callRest(calls, acme);
        callRevocation(calls, acme);
        callEmulator(calls);
        callFaults(calls, acme);

        assertThat(calls.problems()).isEmpty();
        assertThat(calls.succeeded())
                .containsExactlyInAnyOrderElementsOf(
                        description.calls().stream().map(Call::toString).toList());
    }

    private static void callUsersAndTeams(Calls calls, TestOrganization acme) {
        String users = SCIM + "/Users";
        JsonNode eve = calls.post(201, users, """
                {"userName": "eve@example.com", "displayName": "Eve Rest", "preferredLanguage": "en_US",
                 "photos": [{"type": "photo", "value": "https://example.com/eve.png"}],
                 "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"employeeNumber": "1", "costCenter": "c",
                     "organization": "o", "division": "d", "department": "IT",
                     "manager": {"value": "17", "displayName": "Jane"}}}
                """);
        String user = users + "/" + text(eve, "id");
        calls.get(200, users + "?count=0");
        calls.post(201, users + "?attributes=userName", "{\"userName\": \"zoe@example.com\"}");
        calls.put(200, user + "?excludedAttributes=meta", "{\"userName\": \"eve@example.com\"}");
        calls.post(409, users, "{\"userName\": \"eve@example.com\"}");
        calls.post(400, users, "{\"userName\": \"nobody\"}");
        calls.get(200, users);
        calls.get(200, users + "?startIndex=1&count=1");
        calls.get(200, users + "?attributes=userName,name.givenName");
        calls.get(200, users + "?excludedAttributes=roles,groups.value");
        calls.get(400, users + "?filter=nonsense");
        calls.get(200, user);
        calls.get(200, user + "?attributes=emails.value");
        calls.send(200, "GET", user, null, "Accept", "application/json");
        calls.send(406, "GET", user, null, "Accept", "text/html");
        calls.put(200, user, "{\"userName\": \"eve@example.com\", \"name\": {\"givenName\": \"Eve\"}}");
        calls.patch(
                200, user, PATCH.formatted("{\"op\": \"replace\", \"path\": \"userType\", \"value\": \"Advanced\"}"));
        calls.patch(400, user, PATCH.formatted("{\"op\": \"replace\", \"path\": \"userType\", \"value\": \"Free\"}"));
        calls.patch(
                200,
                user,
                PATCH.formatted("{\"op\": \"replace\", \"path\": \"emails[type eq \\\"work\\\"].value\","
                        + " \"value\": \"other@example.com\"}"));
        calls.delete(409, users + "/" + acme.user("ada@example.com"));
        calls.delete(404, users + "/" + acme.user("gil@example.org"));
        calls.delete(204, user);

        String design = SCIM + "/Groups/" + acme.group("Design");
        calls.get(200, SCIM + "/Groups");
        calls.get(200, SCIM + "/Groups?excludedAttributes=members&count=1");
        calls.get(400, SCIM + "/Groups?filter=members.value%20eq%20%221%22");
        calls.get(200, design);
        calls.get(200, design + "?attributes=members.value");
        calls.patch(
                200,
                design,
                PATCH.formatted("{\"op\": \"replace\", \"path\": \"displayName\", \"value\": \"Designers\"}"));
        calls.patch(
                200,
                design + "?attributes=displayName",
                PATCH.formatted("{\"op\": \"add\", \"path\": \"members\","
                        + " \"value\": [{\"value\": \"%s\"}]}".formatted(acme.user("dan@example.com"))));
        calls.patch(
                404,
                design,
                PATCH.formatted("{\"op\": \"add\", \"path\": \"members\", \"value\": [{\"value\": \"1\"}]}"));
        calls.post(405, SCIM + "/Groups", "{\"displayName\": \"Sales\"}");
        calls.delete(405, design);
    }

    private static void callDiscovery(Calls calls) {
        for (String path : List.of(
                "/ServiceProviderConfig",
                "/serviceConfiguration",
                "/ResourceTypes",
                "/ResourceTypes/User",
                "/ResourceTypes/Group",
                "/Schemas",
                "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User",
                "/Schemas/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")) {
            calls.get(200, SCIM + path);
            calls.get(403, SCIM + path + "?filter=id%20pr");
        }
    }

    /** In an organisation whose groups are user groups. */
    private static void callUserGroups(ApplicationContext context, ServedDescription description, Calls all) {
        TestOrganization wide = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .team("Design")
                .companyAdmin("ada@example.com", "Design")
                .create();
        Calls calls = Calls.of(context, description, wide);
        String member = "{\"value\": \"%s\"}".formatted(wide.user("ada@example.com"));
        JsonNode writers = calls.post(
                201, SCIM + "/Groups", "{\"displayName\": \"Writers\", \"members\": [%s]}".formatted(member));
        String group = SCIM + "/Groups/" + text(writers, "id");
        calls.post(409, SCIM + "/Groups", "{\"displayName\": \"Writers\"}");
        calls.post(201, SCIM + "/Groups?attributes=displayName", "{\"displayName\": \"Authors\"}");
        calls.get(200, group);
        calls.delete(204, group);
        calls.delete(404, group);
        all.problems().addAll(calls.problems());
        all.succeeded().addAll(calls.succeeded());
    }

    private static void callRest(Calls calls, TestOrganization acme) {
        String org = acme.path("");
        String bob = acme.user("bob@example.com");
        calls.get(200, "/v1/oauth-token");
        String years = "createdAfter=2020-01-01T00:00:00Z&createdBefore=2120-01-01T00:00:00Z";
        calls.get(200, "/v2/audit/logs?limit=500&" + years);
        calls.get(400, "/v2/audit/logs?limit=501&" + years);
        calls.get(400, "/v2/audit/logs");
        calls.get(200, org);
        calls.get(404, "/v2/orgs/1");
        calls.get(200, org + "/members");
        calls.get(200, org + "/members?limit=1");
        calls.get(200, org + "/members?limit=1&cursor=" + acme.user("ada@example.com") + "&active=true");
        calls.get(200, org + "/members?emails=ada@example.com,bob@example.com");
        calls.get(400, org + "/members?limit=0");
        calls.send(406, "GET", org + "/members", null, "Accept", "text/html");
        calls.send(406, "GET", org + "/members", null, "Accept", "application/yaml");
        calls.send(415, "POST", org + "/teams", "name: Sales", "Content-Type", "application/yaml");
        calls.get(200, org + "/members/" + bob);

        JsonNode sales = calls.post(201, org + "/teams", "{\"name\": \"Sales\"}");
        String team = org + "/teams/" + text(sales, "id");
        calls.post(409, org + "/teams", "{\"name\": \"Sales\"}");
        calls.post(400, org + "/teams", "{\"name\": \"\"}");
        calls.get(200, org + "/teams");
        calls.get(200, org + "/teams?limit=1&name=sal");
        calls.get(200, team);
        calls.patch(200, team, "{\"name\": \"Selling\"}");
        calls.post(201, team + "/members", "{\"email\": \"ada@example.com\", \"role\": \"admin\"}");
        calls.post(201, team + "/members", "{\"email\": \"bob@example.com\"}");
        calls.post(409, team + "/members", "{\"email\": \"bob@example.com\"}");
        calls.get(200, team + "/members");
        calls.get(200, team + "/members?role=admin&limit=1");
        calls.get(200, org + "/teams/" + acme.group("Design") + "/members");
        calls.get(200, team + "/members/" + bob);
        calls.patch(200, team + "/members/" + bob, "{\"role\": \"admin\"}");
        calls.patch(400, team + "/members/" + bob, "{\"role\": \"owner\"}");
        calls.delete(204, team + "/members/" + bob);

        calls.get(200, org + "/default_teams_settings");
        calls.get(200, team + "/settings");
        calls.patch(200, team + "/settings", "{\"teamInvitationSettings\": {\"whoCanInvite\": \"admins\"}}");
        calls.patch(400, team + "/settings", "{\"teamInvitationSettings\": {\"whoCanInvite\": \"nobody\"}}");

        JsonNode boards = calls.get(200, "/v2/boards");
        calls.get(200, "/v2/boards?limit=1&offset=1&sort=last_opened&query=p&owner=" + bob);
        calls.get(400, "/v2/boards?sort=size");
        calls.get(200, "/v2/boards/" + text(boards.path("data").path(0), "id"));
        calls.post(204, "/v2/sessions/reset_all?email=bob@example.com", null);
        calls.post(404, "/v2/sessions/reset_all?email=nobody@example.com", null);

        JsonNode writers = calls.post(201, org + "/groups", "{\"name\": \"Writers\", \"description\": \"Who writes\"}");
        String group = org + "/groups/" + text(writers, "id");
        calls.post(409, org + "/groups", "{\"name\": \"Writers\"}");
        calls.get(200, org + "/groups");
        calls.get(200, group);
        calls.patch(200, group, "{\"description\": \"\"}");
        calls.post(201, group + "/members", "{\"email\": \"bob@example.com\"}");
        calls.get(200, group + "/members");
        calls.get(200, group + "/members/" + bob);
        calls.patch(207, group + "/members", """
                {"membersToAdd": ["nobody@example.com"], "membersToRemove": ["%s"]}
                """.formatted(bob));
        calls.patch(400, group + "/members", "{}");
        calls.post(201, group + "/members", "{\"email\": \"bob@example.com\"}");
        calls.delete(204, group + "/members/" + bob);
        calls.post(
                201,
                team + "/groups",
                "{\"userGroupId\": \"%s\", \"role\": \"member\"}".formatted(text(writers, "id")));
        calls.get(200, team + "/groups");
        calls.get(200, team + "/groups/" + text(writers, "id"));
        calls.get(200, group + "/teams");
        calls.get(200, group + "/teams/" + text(sales, "id"));
        calls.delete(204, team + "/groups/" + text(writers, "id"));
        calls.delete(204, group);
        calls.delete(204, team);
        calls.get(200, "/v2/audit/logs?limit=3&sorting=DESC&" + years);
    }

    private static void callRevocation(Calls calls, TestOrganization acme) {
        calls.post(204, "/v1/oauth/revoke?access_token=" + acme.rest().token(), null);
        calls.post(400, "/v1/oauth/revoke?access_token=unknown", null);
        for (String path : List.of("/v2/oauth2/revoke", "/v2/oauth/revoke")) {
            String body = "{\"accessToken\": \"%s\", \"clientId\": \"1\", \"clientSecret\": \"2\"}";
            calls.post(204, path, body.formatted(acme.rest().token()));
            calls.post(400, path, body.formatted("unknown"));
        }
    }

    private static void callEmulator(Calls calls) {
        JsonNode made = calls.post(201, "/emulator/organizations", """
                {"name": "Acme", "settings": {"seats": {"Full": 9}}, "seed": {
                    "teams": [{"name": "Design", "securityGroup": "design-sync"}, {"name": "All", "default": true}],
                    "people": [{"email": "ada@example.com", "name": "Ada", "role": "companyAdmin",
                        "teams": ["All", {"name": "Design", "role": "ADMIN"}], "license": "Full"}],
                    "boards": [{"name": "Plan", "team": "Design", "owner": "ada@example.com"}]}}
                """);
        calls.post(400, "/emulator/organizations", "{\"nam\": \"Acme\"}");
        calls.get(200, "/emulator/organizations");
        String acme = "/emulator/organizations/" + text(made, "id");
        calls.get(200, acme);
        calls.get(200, acme + "/settings");
        calls.patch(200, acme + "/settings", "{\"createGuest\": \"REFUSE\", \"seats\": null}");
        calls.patch(400, acme + "/settings", "{\"createGuest\": \"PERHAPS\"}");

        String people = acme + "/people";
        JsonNode bob = calls.post(201, people, "{\"email\": \"bob@example.com\", \"teams\": [\"Design\"]}");
        calls.get(200, people);
        calls.get(200, people + "/" + text(bob, "id"));
        calls.patch(200, people + "/" + text(bob, "id"), """
                {"role": "guest", "photo": "https://example.com/bob.png", "manager": "17", "costCenter": "c"}
                """);
        calls.patch(400, people + "/" + text(bob, "id"), "{\"role\": \"king\"}");

        JsonNode sales = calls.post(201, acme + "/teams", "{\"name\": \"Sales\"}");
        String team = acme + "/teams/" + text(sales, "id");
        calls.get(200, acme + "/teams");
        calls.patch(200, team, "{\"securityGroup\": \"sellers\"}");
        calls.put(204, team + "/people/" + text(bob, "id"), "{\"role\": \"NON_TEAM\"}");
        calls.delete(204, team + "/people/" + text(bob, "id"));
        calls.delete(204, team);
        calls.delete(204, people + "/" + text(bob, "id"));

        JsonNode board = calls.post(
                201, acme + "/boards", "{\"name\": \"Ideas\", \"team\": \"Design\", \"owner\": \"ada@example.com\"}");
        calls.get(200, acme + "/boards");
        calls.patch(200, acme + "/boards/" + text(board, "id"), "{\"name\": \"Thoughts\"}");
        calls.delete(204, acme + "/boards/" + text(board, "id"));
        String snapshots = acme + "/snapshots";
        calls.post(201, snapshots, "{\"name\": \"before\"}");
        calls.get(200, snapshots);
        calls.get(200, snapshots + "/before");
        calls.get(200, acme + "/changes?since=before");
        calls.post(204, snapshots + "/before/restore", null);
        calls.delete(204, snapshots + "/before");

        JsonNode token =
                calls.post(201, acme + "/tokens", "{\"kind\": \"rest\", \"scopes\": [\"organizations:read\"]}");
        calls.post(400, acme + "/tokens", "{\"kind\": \"rest\", \"scopes\": [\"all\"]}");
        calls.get(200, acme + "/tokens");
        calls.delete(204, acme + "/tokens/" + text(token, "id"));

        JsonNode seed = calls.get(200, acme + "/seed");
        calls.get(200, acme + "/seed?ids=true");
        calls.put(204, acme + "/seed", "{\"organizations\": [%s]}".formatted(seed));
        calls.post(204, acme + "/reset", null);

        calls.get(200, "/metrics");
        calls.get(200, "/emulator/rules");
        calls.get(200, "/emulator/rules/rate-limit");
        calls.get(200, "/emulator/clock");
        calls.send(406, "GET", "/emulator/clock", null, "Accept", "application/yaml");
        calls.put(400, "/emulator/clock", "{\"offset\": \"soon\"}");
        calls.put(200, "/emulator/clock", "{\"offset\": \"PT0S\"}");
        calls.delete(204, "/emulator/clock");
        calls.get(200, "/emulator/journal?limit=50");
        calls.get(400, "/emulator/journal?limit=-1");
        calls.get(200, "/emulator/journal/stream?organization=" + text(made, "id"));
        calls.delete(204, "/emulator/journal?organization=" + text(made, "id"));
        calls.delete(204, acme);
        calls.get(404, acme);
    }

    private static void callFaults(Calls calls, TestOrganization acme) {
        JsonNode fault =
                calls.post(201, "/emulator/faults", "{\"organization\": \"%d\", \"status\": 500}".formatted(acme.id()));
        calls.get(200, "/emulator/faults/" + text(fault, "id"));
        calls.delete(204, "/emulator/faults/" + text(fault, "id"));
        calls.get(200, "/emulator/faults?organization=" + acme.id());
        calls.delete(204, "/emulator/faults?organization=" + acme.id());
        calls.post(400, "/emulator/faults", "{\"status\": 42}");
    }

    private void callWithFault(int status) {
        TestOrganization acme = TestOrganization.in(context).create();
        Calls calls = Calls.of(context, description, acme);
        calls.post(
                201,
                "/emulator/faults",
                "{\"organization\": \"%d\", \"status\": %d%s}"
                        .formatted(acme.id(), status, status == 500 ? "" : ", \"retryAfter\": 2"));

        description.calls().stream()
                .filter(call -> !call.isControl())
                .filter(call -> call.answers(status) || !isDiscovery(call)) // discovery has no limits
                .forEach(call -> calls.send(status, call.method(), anywhere(call), null));
        calls.delete(204, "/emulator/faults?organization=" + acme.id());

        assertThat(calls.problems()).isEmpty();
    }

    private void callWithFailure(int status) {
        TestOrganization acme = TestOrganization.in(context).create();
        Calls calls = Calls.of(context, description, acme);

        description.calls().stream()
                .filter(call -> call.answers(status))
                .forEach(call -> calls.send(
                        status,
                        call.method(),
                        anywhere(call, acme),
                        call.operation().has("requestBody") ? "{}" : null,
                        FailingHandlers.HEADER,
                        Integer.toString(status)));

        assertThat(calls.problems()).isEmpty();
    }

    private void callForOtherMediaTypes() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .create();
        Calls calls = Calls.of(context, description, acme);

        description
                .calls()
                .forEach(call -> calls.send(
                        406,
                        call.method(),
                        anywhere(call, acme),
                        call.operation().has("requestBody") ? "{}" : null,
                        "Accept",
                        "text/html"));

        assertThat(calls.problems()).isEmpty();
    }

    private void callWithoutToken() {
        Calls calls =
                Calls.of(context, description, TestOrganization.in(context).create());

        description
                .calls()
                .forEach(call -> calls.send(401, call.method(), anywhere(call), null, "Authorization", "none"));

        assertThat(calls.problems()).isEmpty();
    }

    private void callAfterWrongPasswords() {
        Calls calls =
                Calls.of(context, description, TestOrganization.in(context).create());
        Control control = Control.of(context);
        String[] guess = {
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString("admin:wrong".getBytes(UTF_8)),
            // No other test is to wait for the end of the pause.
            "X-Forwarded-For",
            "192.0.2.99"
        };

        for (Call call : description.calls()) {
            if (call.path().startsWith("/emulator")) {
                // The pause, which grows, must not end before the call.
                await().until(() -> control.send("GET", "/clock", null, guess)
                                .headers()
                                .firstValueAsLong("Retry-After")
                                .orElse(0)
                        > 2);
                calls.send(429, call.method(), anywhere(call), null, guess);
            }
        }

        assertThat(calls.problems()).isEmpty();
    }

    private void callWhereNotAllowed() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"scimEnabled\": false}")
                .create();
        Calls calls = Calls.of(context, description, acme);

        for (Call call : description.calls()) {
            if (!isRest(call)) {
                calls.send(403, call.method(), anywhere(call), null, "Sec-Fetch-Site", "cross-site");
            }
            for (String scope : call.scopes()) {
                String[] others = Arrays.stream(Scope.values())
                        .map(Scope::wireName)
                        .filter(other -> !other.equals(scope))
                        .toArray(String[]::new);
                String token = "Bearer " + acme.rest(others).token();
                calls.send(403, call.method(), anywhere(call, acme), null, "Authorization", token);
            }
        }

        assertThat(calls.problems()).isEmpty();
    }

    /** Each is let in as far as its handler, which fails then. */
    private void callWithDescribedScopes() {
        TestOrganization acme = TestOrganization.in(context).create();
        Calls calls = Calls.of(context, description, acme);

        description.calls().stream().filter(DescriptionTest::isRest).forEach(call -> {
            // A token without any scope is not allowed to exist.
            String[] scopes = call.scopes().isEmpty()
                    ? new String[] {"boards:write"}
                    : call.scopes().toArray(String[]::new);
            calls.send(
                    500,
                    call.method(),
                    anywhere(call, acme),
                    null,
                    "Authorization",
                    "Bearer " + acme.rest(scopes).token(),
                    FailingHandlers.HEADER,
                    "500");
        });

        assertThat(calls.problems()).isEmpty();
    }

    private void callWhereNothingIs() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .create();
        Calls calls = Calls.of(context, description, acme);
        String rename = "{\"name\": \"Other\"}";
        Map<String, String> bodies = Map.ofEntries(
                Map.entry("replaceUser", "{\"userName\": \"eve@example.com\"}"),
                Map.entry("patchUser", PATCH.formatted("{\"op\": \"add\", \"value\": {\"displayName\": \"Eve\"}}")),
                Map.entry("patchGroup", PATCH.formatted("{\"op\": \"add\", \"value\": {\"displayName\": \"Eve\"}}")),
                Map.entry("createGroup", "{\"displayName\": \"Eves\", \"members\": [{\"value\": \"1\"}]}"),
                Map.entry("updateUserGroupMembers", "{\"membersToAdd\": [\"eve@example.com\"]}"),
                Map.entry("addUserGroupMember", "{\"email\": \"eve@example.com\"}"),
                Map.entry("addTeamUserGroup", "{\"userGroupId\": \"1\", \"role\": \"member\"}"),
                Map.entry("inviteTeamMember", "{\"email\": \"eve@example.com\"}"),
                Map.entry("updateTeamMember", "{\"role\": \"member\"}"),
                Map.entry("updateTeamSettings", "{}"),
                Map.entry("adminChangeSettings", "{}"),
                Map.entry(
                        "adminCreateBoard",
                        "{\"name\": \"Plan\", \"team\": \"Design\", \"owner\": \"eve@example.com\"}"),
                Map.entry("adminAddPerson", "{\"email\": \"eve@example.com\"}"),
                Map.entry("adminPlaceInTeam", "{\"role\": \"MEMBER\"}"),
                Map.entry("adminGenerateToken", "{\"kind\": \"rest\"}"),
                Map.entry("adminReplaceOrganization", "{\"organizations\": [{}]}"));

        description.calls().stream()
                .filter(call -> call.answers(404))
                .filter(call -> call.path().contains("{") || bodies.containsKey(call.id()))
                .forEach(call -> calls.send(
                        404,
                        call.method(),
                        anywhere(call),
                        call.operation().has("requestBody") ? bodies.getOrDefault(call.id(), rename) : null));

        assertThat(calls.problems()).isEmpty();
    }

    private void callMalformedPaths() {
        Calls calls =
                Calls.of(context, description, TestOrganization.in(context).create());

        description.calls().forEach(call -> calls.send(400, call.method(), anywhere(call) + ";a=b", null));

        assertThat(calls.problems()).isEmpty();
    }

    private void callWithWrongBodies() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .create();
        Calls calls = Calls.of(context, description, acme);

        for (Call call : description.calls()) {
            if (call.operation().has("requestBody")) {
                String path = anywhere(call, acme);
                calls.send(400, call.method(), path, "{");
                calls.send(415, call.method(), path, "x", "Content-Type", "text/plain");
                calls.sendTooMuch(call.method(), path);
            }
        }

        assertThat(calls.problems()).isEmpty();
    }

    /** Shows that the other tests look at all. */
    @Test
    void whatIsNotDescribed_isNoticed() {
        String user = """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "id": "1",
                 "meta": {"resourceType": "User", "location": "http://localhost/api/v1/scim/Users/1"},
                 "userName": "a@example.com", "name": {"formatted": "A", "givenName": "A"}, "displayName": "A",
                 "userType": "Full", "active": true,
                 "emails": [{"value": "a@example.com", "display": "a@example.com", "type": "work", "primary": true}],
                 "groups": [], "roles": [{"type": "organization_user_role", "value": "ORGANIZATION_INTERNAL_USER",
                     "display": "Member", "primary": true}]}
                """;
        String page = """
                {"limit": 1, "size": 1, "data": [{"id": "1", "role": "member", "createdAt": "2026-01-01T00:00:00Z",
                 "modifiedAt": "2026-01-01T00:00:00Z", "teamId": "2", "type": "team-member"}], "type": "cursor-list"}
                """;
        String error = """
                {"schemas": ["urn:ietf:params:scim:api:messages:2.0:Error"], "status": "404", "detail": "Gone"}
                """;
        Predicate<String> isUser = body -> isAsDescribed(SCIM + "/Users/1", 200, "application/scim+json", body);
        Predicate<String> isPage = body -> isAsDescribed("/v2/orgs/1/teams/2/members", 200, "application/json", body);
        Predicate<String> isError = body -> isAsDescribed(SCIM + "/Users/1", 404, "application/scim+json", body);

        assertThat(user).matches(isUser);
        assertThat(page).matches(isPage);
        assertThat(error).matches(isError);
        assertThat(List.of(
                        user.replace("\"active\": true", "\"active\": \"true\""),
                        user.replace("\"active\": true,", ""),
                        user.replace("\"active\": true", "\"active\": true, \"externalId\": \"x\""),
                        user.replace("\"id\": \"1\"", "\"id\": 1"),
                        user.replace("\"display\": \"Member\", ", ""),
                        user.replace("\"type\": \"work\"", "\"kind\": \"work\""),
                        user.replace("\"groups\": []", "\"groups\": null"),
                        "{}",
                        "[]"))
                .noneMatch(isUser);
        assertThat(List.of(
                        page.replace("\"teamId\": \"2\", ", ""),
                        page.replace("\"role\": \"member\"", "\"role\": \"owner\""),
                        page.replace("2026-01-01T00:00:00Z", "yesterday"),
                        page.replace("\"size\": 1", "\"size\": \"1\""),
                        page.replace("\"type\": \"cursor-list\"", "\"type\": \"cursor-list\", \"offset\": 0")))
                .noneMatch(isPage);
        assertThat(List.of(error.replace("\"404\"", "404"), error.replace("detail", "message")))
                .noneMatch(isError);
        assertThat(isAsDescribed(SCIM + "/Users/1", 200, "text/plain", user)).isFalse();
        assertThat(isAsDescribed(SCIM + "/Users/1", 418, "application/scim+json", error))
                .isFalse();
        assertThat(isAsDescribed(SCIM + "/Users/1", 404, "application/json", error))
                .isFalse();
        assertThat(isAsDescribed(SCIM + "/Users/1", 200, "application/scim+json", ""))
                .isFalse();
    }

    private boolean isAsDescribed(String path, int status, String type, String body) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Content-Type", List.of(type)), (_, _) -> true);
        return description.problems("GET", path, status, headers, body).isEmpty();
    }

    @Test
    void everyMapping_isDescribed() {
        Set<String> mapped = context
                .getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .entrySet()
                .stream()
                .flatMap(mapping -> names(mapping.getKey()).filter(name -> isDescribed(name, mapping.getValue())))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(description.calls()).extracting(Call::toString).containsExactlyInAnyOrderElementsOf(mapped);
    }

    /** The calls that a mapping stands for, as in {@code GET /v2/boards}. */
    static Stream<String> names(RequestMappingInfo mapping) {
        return mapping.getPatternValues().stream()
                .flatMap(path ->
                        mapping.getMethodsCondition().getMethods().stream().map(method -> method + " " + path));
    }

    static boolean isDescribed(String name, HandlerMethod handler) {
        return handler.getBeanType().getName().startsWith("dev.miroscim.")
                && handler.getBeanType() != DescriptionController.class
                // It exists only to be refused.
                && !name.equals("PUT " + SCIM + "/Groups/{id}");
    }

    @Test
    void everyCall_hasANameOfItsOwnAndSomebodyWhoMayMakeIt() {
        assertThat(description.calls())
                .extracting(call -> text(call.operation(), "operationId"))
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("[a-z][A-Za-z]+"));
        for (Call call : description.calls()) {
            String scheme =
                    call.path().startsWith(SCIM) ? "scimToken" : call.path().startsWith("/v") ? "restToken" : "admin";
            assertThat(call.operation().path("security"))
                    .as(call.toString())
                    .singleElement()
                    .satisfies(security -> assertThat(security.propertyNames()).containsExactly(scheme));
            assertThat(call.successes()).as(call.toString()).hasSize(1);
            assertThat(call.answers(401)).isTrue();
            assertThat(call.answers(500)).isTrue();
        }
    }

    /** Also what nothing answers yet has to be there: a reference into the void breaks every generator of clients. */
    @Test
    void everyReference_leadsSomewhere() {
        assertThat(text(description.json(), "openapi")).startsWith("3.1");
        assertThat(description.json().findValuesAsString("$ref"))
                .isNotEmpty()
                .allSatisfy(reference -> assertThat(
                                description.json().at(reference.substring(1)).isMissingNode())
                        .as(reference)
                        .isFalse());
    }

    @Test
    void theDescription_isTheFile_andNeedsNoToken() throws Exception {
        try (HttpClient http = HttpClient.newHttpClient();
                InputStream file =
                        Objects.requireNonNull(DescriptionController.class.getResourceAsStream("miro-scim.yaml"))) {
            HttpResponse<byte[]> yaml = http.send(request("/v3/api-docs.yaml"), BodyHandlers.ofByteArray());
            HttpResponse<byte[]> json = http.send(request("/v3/api-docs"), BodyHandlers.ofByteArray());
            HttpResponse<byte[]> beside = http.send(request("/v3/api-docs/x"), BodyHandlers.ofByteArray());

            assertThat(yaml.statusCode()).isEqualTo(200);
            assertThat(yaml.headers().firstValue("Content-Type")).contains("application/yaml");
            assertThat(yaml.body()).isEqualTo(file.readAllBytes());
            assertThat(json.statusCode()).isEqualTo(200);
            assertThat(json.headers().firstValue("Content-Type")).contains("application/json");
            assertThat(JsonMapper.shared().readValue(json.body(), Object.class))
                    .isEqualTo(new Yaml().load(new String(yaml.body(), UTF_8)));
            assertThat(beside.statusCode()).isEqualTo(404);
        }
    }

    private HttpRequest request(String path) {
        return HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + path))
                .build();
    }

    private static boolean isRest(Call call) {
        return call.path().startsWith("/v");
    }

    private static boolean isDiscovery(Call call) {
        return call.path().startsWith(SCIM) && !call.path().matches(SCIM + "/(Users|Groups).*");
    }

    private static String anywhere(Call call) {
        return call.path().replaceAll("\\{[^}]*}", "1");
    }

    private static String anywhere(Call call, TestOrganization organization) {
        return anywhere(call).replace("/v2/orgs/1", organization.path(""));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).asString();
    }
}

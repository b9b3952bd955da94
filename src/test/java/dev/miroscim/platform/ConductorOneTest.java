package dev.miroscim.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.administration.Administration;
import dev.miroscim.directory.people.UserChanges;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Does what ConductorOne's connector baton-miro 0.0.6 does: its calls in its order and with its headers, and what it
 * asks of the answers.
 */
@MiroScimTest
class ConductorOneTest {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final List<String> ORGANIZATION_ROLES = List.of(
            "organization_internal_admin",
            "organization_internal_user",
            "organization_external_user",
            "organization_team_guest_user");
    private static final List<String> TEAM_ROLES = List.of("non_team", "member", "admin", "team_guest");

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Test
    void sync_ofFiveHundredMembersInTwentyFiveTeams() throws Exception {
        TestOrganization.Builder builder = TestOrganization.in(context);
        for (int team = 0; team < 25; team++) {
            builder.team("Team " + team);
        }
        builder.companyAdmin("admin@example.com", "Team 0");
        for (int user = 1; user < 450; user++) {
            builder.member("u" + user + "@example.com", "Team " + user % 25, "Team 0");
        }
        for (int user = 450; user < 475; user++) {
            builder.teamAdmin("u" + user + "@example.com", "Team " + (user - 450));
        }
        for (int user = 475; user < 490; user++) {
            builder.guest("u" + user + "@example.org", "Team 1");
        }
        for (int user = 490; user < 500; user++) {
            builder.deactivated("u" + user + "@example.com", "Team 2");
        }
        TestOrganization acme = builder.create();
        context.getBean(Administration.class)
                .changePerson(
                        acme.id(),
                        Long.parseLong(acme.user("u7@example.com")),
                        new UserChanges(),
                        null,
                        null,
                        Instant.parse("2026-03-01T09:00:00.123456Z"));
        Connector connector = new Connector(acme);

        String organization = connector.start();
        Map<String, JsonNode> teams = connector.pages("/v2/orgs/%s/teams".formatted(organization));
        Map<String, JsonNode> users = connector.pages("/v2/orgs/%s/members".formatted(organization));
        Map<String, String> roles = new HashMap<>();
        for (JsonNode user : users.values()) {
            checkUser(user);
            roles.put(text(user, "id"), connector.role(organization, text(user, "id")));
        }
        Map<String, Map<String, JsonNode>> members = new HashMap<>();
        for (String team : teams.keySet()) {
            members.put(team, connector.pages("/v2/orgs/%s/teams/%s/members".formatted(organization, team)));
        }

        assertThat(teams).hasSize(25);
        assertThat(users).hasSize(500);
        assertThat(text(users.get(acme.user("u7@example.com")), "lastActivityAt"))
                .isEqualTo("2026-03-01T09:00:00Z");
        assertThat(roles.values()).allMatch(ORGANIZATION_ROLES::contains);
        assertThat(roles.values().stream().filter("organization_internal_admin"::equals))
                .hasSize(1);
        assertThat(members.get(acme.group("Team 0"))).hasSize(451);
        members.forEach((team, found) -> assertThat(found.values()).allSatisfy(member -> {
            assertThat(TEAM_ROLES).contains(text(member, "role"));
            assertThat(text(member, "teamId")).isEqualTo(team);
            assertThat(users).containsKey(text(member, "id"));
        }));
        assertThat(text(members.get(acme.group("Team 1")).get(acme.user("u475@example.org")), "role"))
                .isEqualTo("non_team");
        assertThat(text(members.get(acme.group("Team 3")).get(acme.user("u453@example.com")), "role"))
                .isEqualTo("admin");
        // 2 at the start, a page for every 50 items begun, and one for each user
        int memberPages = members.values().stream()
                .mapToInt(found -> (found.size() + 49) / 50)
                .sum();
        assertThat(connector.calls).isEqualTo(2 + 1 + 10 + 500 + memberPages);
        assertThat(connector.compressed).as("pages that came as gzip").isPositive();
    }

    @Test
    void createAccount_isInTheNextSync() throws Exception {
        TestOrganization acme = TestOrganization.in(context)
                .defaultTeam("Everyone")
                .companyAdmin("admin@example.com", "Everyone")
                .create();
        Connector connector = new Connector(acme);

        String organization = connector.start();
        JsonNode created = connector.scim("POST", "Users", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada@example.com",\
                "name":{"familyName":"Lovelace","givenName":"Ada"}}
                """);

        assertThat(created.path("active").isBoolean()).isTrue();
        Map<String, JsonNode> users = connector.pages("/v2/orgs/%s/members".formatted(organization));
        assertThat(text(users.get(text(created, "id")), "email")).isEqualTo("ada@example.com");
        assertThat(users.get(text(created, "id")).path("lastActivityAt").isMissingNode())
                .isTrue();
    }

    /** Which the connector takes for a failure, and does not try again. */
    @Test
    void createAccount_thatExists_isRefused() throws Exception {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        Connector connector = new Connector(acme);

        connector.start();
        HttpResponse<byte[]> refused = connector.send("POST", "/api/v1/scim/Users", """
                {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"Ada@example.com",\
                "name":{"familyName":"Lovelace","givenName":"Ada"}}
                """, acme.token());

        assertThat(refused.statusCode()).isEqualTo(409);
    }

    @Test
    void wrongToken_endsTheFirstCall() throws Exception {
        Connector connector = new Connector(TestOrganization.in(context).create());

        assertThat(connector.send("GET", "/v1/oauth-token", null, "wrong").statusCode())
                .isEqualTo(401);
        assertThat(connector
                        .send("GET", "/v1/oauth-token", null, connector.scimToken)
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void teamRole_isGrantedAndRevoked() throws Exception {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"inviteTeamMember\": \"ALLOW\"}") // or it could not make a member an admin
                .team("Design")
                .companyAdmin("admin@example.com", "Design")
                .member("ada@example.com")
                .create();
        Connector connector = new Connector(acme);
        String user = acme.user("ada@example.com");

        for (String role : List.of("member", "admin")) {
            String organization = connector.start();
            String email = text(connector.user(organization, user), "email");
            JsonNode granted = connector.rest(
                    "POST",
                    "/v2/orgs/%s/teams/%s/members".formatted(organization, acme.group("Design")),
                    "{\"email\":\"%s\",\"role\":\"%s\"}\n".formatted(email, role));
            assertThat(text(granted, "id")).isEqualTo(user);
            assertThat(text(granted, "role")).isEqualTo(role);
            assertThat(text(granted, "teamId")).isEqualTo(acme.group("Design"));
        }
        acme.rest()
                .patch(
                        acme.path(
                                "/teams/%s/members/%s".formatted(acme.group("Design"), acme.user("admin@example.com"))),
                        "{\"role\": \"admin\"}");

        String organization = connector.start();
        String path = "/v2/orgs/%s/teams/%s/members/%s".formatted(organization, acme.group("Design"), user);
        assertThat(connector.send("DELETE", path, null, connector.restToken).statusCode())
                .isEqualTo(204);
        assertThat(connector.send("DELETE", path, null, connector.restToken).statusCode())
                .isEqualTo(404);
        assertThat(connector.pages("/v2/orgs/%s/teams/%s/members".formatted(organization, acme.group("Design"))))
                .doesNotContainKey(user);
    }

    /** The connector offers every role, does not look what there is, and asks again if an answer got lost. */
    @Test
    void teamRole_thatCannotBeGranted_orIsThere() throws Exception {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .teamAdmin("admin@example.com", "Design")
                .member("ada@example.com")
                .create();
        Connector connector = new Connector(acme);
        String organization = connector.start();
        String members = "/v2/orgs/%s/teams/%s/members".formatted(organization, acme.group("Design"));
        String grant = "{\"email\":\"ada@example.com\",\"role\":\"%s\"}\n";

        for (String role : List.of("non_team", "team_guest")) {
            assertThat(connector
                            .send("POST", members, grant.formatted(role), connector.restToken)
                            .statusCode())
                    .isEqualTo(400);
        }
        assertThat(connector.pages(members)).containsOnlyKeys(acme.user("admin@example.com"));
        connector.rest("POST", members, grant.formatted("member"));
        assertThat(connector
                        .send("POST", members, grant.formatted("member"), connector.restToken)
                        .statusCode())
                .isEqualTo(409);
        assertThat(connector
                        .send("DELETE", members + "/" + acme.user("admin@example.com"), null, connector.restToken)
                        .statusCode())
                .as("revoking the last admin")
                .isEqualTo(409);
        assertThat(connector.pages(members))
                .containsOnlyKeys(acme.user("admin@example.com"), acme.user("ada@example.com"));
    }

    @Test
    void organizationRole_isGrantedAndRevoked() throws Exception {
        TestOrganization acme = TestOrganization.in(context)
                .companyAdmin("admin@example.com")
                .member("ada@example.com")
                .create();
        Connector connector = new Connector(acme);
        String user = acme.user("ada@example.com");

        for (String role : List.of("ORGANIZATION_INTERNAL_ADMIN", "ORGANIZATION_INTERNAL_USER")) {
            String organization = connector.start();
            assertThat(connector.scimRoles(user)).doesNotContain(role);
            connector.scim("PATCH", "Users/" + user, """
                    {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],\
                    "Operations":[{"op":"Replace","path":"roles.value","value":"%s"}]}
                    """.formatted(role));
            assertThat(connector.scimRoles(user)).containsExactly(role);
            assertThat(connector.role(organization, user)).isEqualTo(role.toLowerCase());
        }
    }

    /** The connector offers the guest roles too; SCIM cannot give them. */
    @ParameterizedTest
    @ValueSource(strings = {"ORGANIZATION_EXTERNAL_USER", "ORGANIZATION_TEAM_GUEST_USER"})
    void guestRole_isRefused(String role) throws Exception {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        Connector connector = new Connector(acme);
        String user = acme.user("ada@example.com");

        connector.start();
        List<String> before = connector.scimRoles(user);
        HttpResponse<byte[]> refused =
                connector.send("PATCH", "/api/v1/scim/Users/" + user, """
                {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],\
                "Operations":[{"op":"Replace","path":"roles.value","value":"%s"}]}
                """.formatted(role), acme.token());

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(connector.scimRoles(user)).isEqualTo(before);
    }

    /** A user of a page, as the connector decodes it. */
    private static void checkUser(JsonNode user) {
        assertThat(user.path("active").isBoolean()).isTrue();
        assertThat(ORGANIZATION_ROLES).contains(text(user, "role"));
        assertThat(text(user, "email")).contains("@");
        assertThat(text(user, "license")).isNotEmpty();
        assertThat(text(user, "type")).isNotEmpty();
        if (user.has("lastActivityAt")) {
            assertThat(OffsetDateTime.parse(text(user, "lastActivityAt"))).isNotNull();
        }
    }

    /** Go decodes a string from nothing but a string. */
    private static String text(JsonNode object, String name) {
        assertThat(object.path(name).isString()).as("%s of %s", name, object).isTrue();
        return object.path(name).stringValue();
    }

    private final class Connector {

        private final String restToken;
        private final String scimToken;
        private int calls;
        private int compressed;

        Connector(TestOrganization organization) {
            this.restToken = organization.rest().token();
            this.scimToken = organization.token();
        }

        /** Every run asks twice what the token is: once for each of the connector's two processes. */
        String start() throws Exception {
            rest("GET", "/v1/oauth-token", null);
            JsonNode token = rest("GET", "/v1/oauth-token", null);
            text(token, "type");
            for (String part : List.of("team", "user", "organization")) {
                text(token.path(part), "id");
                text(token.path(part), "name");
                text(token.path(part), "type");
            }
            assertThat(token.path("scopes").valueStream()).isNotEmpty().allMatch(JsonNode::isString);
            return text(token.path("organization"), "id");
        }

        /** Goes on as long as a page has a cursor, and sends it back as it came. */
        Map<String, JsonNode> pages(String path) throws Exception {
            Map<String, JsonNode> found = new HashMap<>();
            String cursor = "";
            do {
                JsonNode page =
                        rest("GET", path + (cursor.isEmpty() ? "?limit=50" : "?cursor=" + cursor + "&limit=50"), null);
                assertThat(page.path("limit").intValue()).isEqualTo(50);
                assertThat(page.path("size").intValue())
                        .isEqualTo(page.path("data").size());
                for (JsonNode item : page.path("data")) {
                    assertThat(found.put(text(item, "id"), item)).isNull();
                }
                cursor = page.has("cursor") ? text(page, "cursor") : "";
            } while (!cursor.isEmpty());
            return found;
        }

        JsonNode user(String organization, String id) throws Exception {
            return rest("GET", "/v2/orgs/%s/members/%s".formatted(organization, id), null);
        }

        String role(String organization, String id) throws Exception {
            return text(user(organization, id), "role");
        }

        List<String> scimRoles(String id) throws Exception {
            JsonNode user = scim("GET", "Users/" + id, null);
            text(user, "userName");
            text(user, "displayName");
            text(user, "userType");
            assertThat(user.path("active").isBoolean()).isTrue();
            user.path("emails")
                    .forEach(email ->
                            assertThat(email.path("primary").isBoolean()).isTrue());
            List<String> roles = new ArrayList<>();
            for (JsonNode role : user.path("roles")) {
                assertThat(role.path("primary").isBoolean()).isTrue();
                roles.add(text(role, "value"));
            }
            return roles;
        }

        JsonNode rest(String method, String path, @Nullable String body) throws Exception {
            return decoded(send(method, path, body, restToken));
        }

        JsonNode scim(String method, String path, @Nullable String body) throws Exception {
            return decoded(send(method, "/api/v1/scim/" + path, body, scimToken));
        }

        private JsonNode decoded(HttpResponse<byte[]> response) throws IOException {
            byte[] bytes = response.body();
            if (response.headers().firstValue("Content-Encoding").orElse("").equals("gzip")) {
                compressed++;
                bytes = new GZIPInputStream(new ByteArrayInputStream(bytes)).readAllBytes();
            }
            String text = new String(bytes, UTF_8);
            assertThat(response.statusCode()).as(text).isBetween(200, 299);
            assertThat(response.headers().firstValue("Content-Type").orElse(""))
                    .startsWith("application")
                    .contains("json");
            return Answers.json(text);
        }

        private HttpResponse<byte[]> send(String method, String path, @Nullable String body, String token)
                throws Exception {
            calls++;
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                    .header("User-Agent", "baton-sdk/v0.3.19")
                    .header("Accept-Encoding", "gzip")
                    .header("Authorization", "Bearer " + token)
                    .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
            if (body != null) {
                request.header("Content-Type", "application/json");
            }
            HttpResponse<byte[]> response = HTTP.send(request.build(), BodyHandlers.ofByteArray());
            // One that is there and no plain integer would make the connector fail even a good answer.
            for (String name : List.of("X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset")) {
                response.headers()
                        .allValues(name)
                        .forEach(value -> assertThat(value).matches("[0-9]+"));
                if (!path.startsWith("/api/")) {
                    assertThat(response.headers().allValues(name)).hasSize(1);
                }
            }
            return response;
        }
    }
}

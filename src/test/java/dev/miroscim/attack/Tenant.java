package dev.miroscim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An organisation of an attack, with its tokens.
 *
 * @param ids of its teams and user groups, by name
 */
record Tenant(String id, String scim, String rest, Map<String, String> ids) {

    private static final String SEED = """
            {"name": "Attacked", "settings": %s, "seed": {
              "teams": [{"name": "Everyone", "default": true}, {"name": "Design"}, {"name": "Sales"}],
              "people": [
                {"email": "root@example.com", "role": "companyAdmin", "teams": ["Everyone"]},
                {"email": "ada@example.com", "role": "companyAdmin",
                 "teams": ["Everyone", {"name": "Design", "role": "admin"}, {"name": "Sales", "role": "admin"}]}],
              "userGroups": [{"name": "Readers", "members": ["ada@example.com"]}],
              "boards": [{"name": "Plan", "team": "Design", "owner": "ada@example.com"}]}}
            """;

    static Tenant create(int port, String settings) {
        Http.Answer created = Http.send(port, Http.ADMIN, "POST", "/emulator/organizations", SEED.formatted(settings));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        JsonNode json = created.json();
        String id = json.get("id").stringValue();
        Tenant tenant = new Tenant(
                id,
                "Bearer " + json.get("scimToken").stringValue(),
                "Bearer " + json.get("restToken").stringValue(),
                new HashMap<>());
        Http.send(port, Http.ADMIN, "GET", "/emulator/organizations/" + id + "/teams", null)
                .json()
                .forEach(team -> tenant.ids.put(
                        team.get("name").stringValue(), team.get("id").stringValue()));
        tenant.restCall(port, "GET", "/groups", null)
                .json()
                .get("data")
                .forEach(group -> tenant.ids.put(
                        group.get("name").stringValue(), group.get("id").stringValue()));
        return tenant;
    }

    /** Calls SCIM. */
    Http.Answer scimCall(int port, String method, String path, @Nullable String body) {
        return Http.send(port, scim, method, "/api/v1/scim" + path, body);
    }

    /** Calls REST below the organisation's own path. */
    Http.Answer restCall(int port, String method, String path, @Nullable String body) {
        return Http.send(port, rest, method, "/v2/orgs/" + id + path, body);
    }

    /** Calls the control API below the organisation's own path. */
    Http.Answer control(int port, String method, String path, @Nullable String body) {
        return Http.send(port, Http.ADMIN, method, "/emulator/organizations/" + id + path, body);
    }
}

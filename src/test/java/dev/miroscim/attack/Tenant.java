package dev.miroscim.attack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An organisation of an attack, with its tokens. Its people are those that recorded requests name.
 *
 * @param ids of all that is in it, by their names in small letters; of people by what precedes their domain
 */
record Tenant(String id, String scim, String rest, Map<String, String> ids) {

    private static final String DOMAIN = "example.com";
    private static final String SEED = """
            {"name": "Attacked", "settings": %s, "seed": {
              "teams": [{"name": "Everyone", "default": true}, {"name": "Design"}, {"name": "Sales"}],
              "people": [
                {"email": "root@example.com", "role": "companyAdmin", "teams": ["Everyone"]},
                {"email": "ada@example.com", "role": "companyAdmin",
                 "teams": ["Everyone", {"name": "Design", "role": "admin"}, {"name": "Sales", "role": "admin"}]},
                {"email": "jane@example.com", "name": "Jane Doe", "department": "Design",
                 "teams": ["Everyone", "Design", "Sales"]},
                {"email": "john@example.com", "name": "John Roe", "department": "Design", "teams": ["Everyone", "Design"]},
                {"email": "nina@example.com", "name": "Nina New", "department": "Sales", "teams": ["Everyone"]},
                {"email": "idle@example.com", "active": false, "teams": ["Everyone", "Design"]},
                {"email": "mary@example.com", "name": "Mary Major", "teams": ["Everyone"]}],
              "userGroups": [{"name": "Readers", "members": ["ada@example.com", "jane@example.com"],
                              "teams": ["Design", "Sales"]}],
              "boards": [{"name": "Plan", "team": "Design", "owner": "ada@example.com"}]}}
            """;
    private static final Pattern PLACEHOLDER = Pattern.compile("[{](\\w+)[}]");

    static Tenant create(int port, String settings) {
        return create(port, settings, DOMAIN);
    }

    /** @param domain of the e-mail addresses of all people */
    static Tenant create(int port, String settings, String domain) {
        Http.Answer created = Http.send(
                port,
                Http.ADMIN,
                "POST",
                "/emulator/organizations",
                SEED.formatted(settings).replace(DOMAIN, domain));
        assertThat(created.status()).as(created.toString()).isEqualTo(201);
        JsonNode json = created.json();
        Tenant tenant = new Tenant(
                json.get("id").stringValue(),
                "Bearer " + json.get("scimToken").stringValue(),
                "Bearer " + json.get("restToken").stringValue(),
                new HashMap<>());
        tenant.ids.put("org", tenant.id);
        tenant.note(tenant.control(port, "GET", "/teams", null).json(), "name");
        tenant.note(tenant.control(port, "GET", "/people", null).json(), "email");
        tenant.note(tenant.control(port, "GET", "/boards", null).json(), "name");
        tenant.note(tenant.control(port, "GET", "/tokens", null).json(), "kind");
        tenant.note(tenant.restCall(port, "GET", "/groups", null).json().get("data"), "name");
        Http.Answer snapshot = tenant.control(port, "POST", "/snapshots", "{\"name\": \"before\"}");
        assertThat(snapshot.status()).as(snapshot.toString()).isEqualTo(201);
        return tenant;
    }

    private void note(JsonNode list, String name) {
        list.forEach(entry -> ids.put(
                entry.get(name).stringValue().replaceFirst("@.*", "").toLowerCase(Locale.ROOT),
                entry.get("id").stringValue()));
    }

    String idOf(String name) {
        String found = ids.get(name);
        assertThat(found).as(name).isNotNull();
        return String.valueOf(found);
    }

    /** {@code text} with ids in place of the names in braces. */
    String filled(String text) {
        return PLACEHOLDER.matcher(text).replaceAll(name -> ids.getOrDefault(name.group(1), "{" + name.group(1) + "}"));
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

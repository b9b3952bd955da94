package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.TestOrganization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** OneLogin and JumpCloud, from the first connection to the last deletion. */
@Campaign
@MiroScimTest
class SmallProvidersTest {

    @Autowired
    ApplicationContext context;

    TestOrganization miro;
    Calls calls;

    @BeforeEach
    void connect() {
        miro = TestOrganization.in(context)
                .defaultTeam("Everyone")
                .team("Design")
                .companyAdmin("root@miro.example", "Everyone")
                .teamAdmin("admin@miro.example", "Design")
                .create();
        calls = new Calls(miro.scim());
    }

    /** OneLogin fills a template, whose empty macros become null, and knows users only. It wants plain JSON back. */
    @Test
    void oneLogin() {
        assertThat(calls.get("/Users?filter=userName eq \"nonexistent\"").resources())
                .isEmpty();
        assertThat(calls.get("/Groups").resources()).hasSize(2);

        String id = id(calls.send("POST", "/Users", oneLoginUser("Jane", "true", "Design")));
        ScimClient.Answer updated = calls.send("PUT", "/Users/" + id, oneLoginUser("Janet", "true", null));
        assertThat(updated.body().get("displayName").stringValue()).isEqualTo("Janet Doe");
        assertThat(updated.body().findValue("department")).isNull();

        calls.send("PUT", "/Users/" + id, oneLoginUser("Janet", "false", null));
        assertThat(calls.get("/Users/" + id).body().get("active").booleanValue())
                .isFalse();
        calls.send("PUT", "/Users/" + id, oneLoginUser("Janet", "true", null));
        assertThat(calls.get("/Users/" + id).body().get("active").booleanValue())
                .isTrue();

        assertThat(calls.send("DELETE", "/Users/" + id, null).status()).isEqualTo(204);
        assertThat(calls.get("/Users?filter=userName eq \"jane@contoso.com\"").resources())
                .isEmpty();
        calls.assertNoFailures();

        ScimClient.Answer json = miro.scim().send("GET", "/Users", null, "Accept", "application/json");
        assertThat(json.header("Content-Type")).isEqualTo("application/json");
    }

    /** JumpCloud tries itself out with a user whom it deletes again; its group management has to be switched off. */
    @Test
    void jumpCloud() {
        String test =
                id(calls.send("POST", "/Users", Map.of("userName", "test.jumpcloud@contoso.com", "active", true)));
        calls.patch("/Users/" + test, List.of(Map.of("op", "replace", "value", Map.of("active", false))));
        assertThat(calls.send("DELETE", "/Users/" + test, null).status()).isEqualTo(204);
        assertThat(calls.send("DELETE", "/Users/" + test, null).status()).isEqualTo(404);

        String id = id(calls.send(
                "POST",
                "/Users",
                Map.of(
                        "schemas", List.of("urn:ietf:params:scim:schemas:core:2.0:User"),
                        "userName", "jane@contoso.com",
                        "name", Map.of("givenName", "Jane", "familyName", "Doe"),
                        "emails", List.of(Map.of("value", "jane@contoso.com", "type", "work", "primary", true)),
                        "active", true)));
        String design = "/Groups/" + miro.group("Design");
        calls.patch(design, List.of(Map.of("op", "add", "path", "members", "value", List.of(Map.of("value", id)))));
        assertThat(members(design)).contains(id);
        calls.patch(design, List.of(Map.of("op", "replace", "value", Map.of("displayName", "Studio"))));
        calls.patch(design, List.of(Map.of("op", "remove", "path", "members", "value", List.of(Map.of("value", id)))));
        assertThat(members(design)).doesNotContain(id).hasSize(1);
        calls.assertNoFailures();

        ScimClient.Answer group = calls.send("POST", "/Groups", Map.of("displayName", "JumpCloud Test Group"));
        assertThat(group.status()).isEqualTo(405);
        assertThat(group.rules()).containsExactly("groups-not-created-or-deleted");
    }

    private static JsonNode oneLoginUser(String givenName, String active, String department) {
        return JsonMapper.shared()
                .readTree("""
                {
                  "schemas": [
                    "urn:ietf:params:scim:schemas:core:2.0:User",
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
                  ],
                  "id": null,
                  "userName": "jane@contoso.com",
                  "displayName": "%1$s Doe",
                  "name": {"givenName": "%1$s", "familyName": "Doe", "formatted": null},
                  "active": "%2$s",
                  "title": null,
                  "phoneNumbers": [{"value": null, "type": "work"}],
                  "emails": [{"value": "jane@contoso.com", "type": "work", "primary": true}],
                  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
                    "department": %3$s, "manager": {"managerId": "", "displayName": ""}
                  }
                }
                """.formatted(givenName, active, department == null ? "null" : "\"" + department + "\""));
    }

    private static String id(ScimClient.Answer created) {
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.body().get("id").stringValue();
    }

    private List<String> members(String path) {
        return calls.get(path)
                .body()
                .get("members")
                .valueStream()
                .map(member -> member.get("value").stringValue())
                .toList();
    }
}

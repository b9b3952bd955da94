package dev.miroscim.emulator.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.Organizations;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@MiroScimTest
class SeedsTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    Seeds seeds;

    @Test
    void plant_everyFieldIsOnTheWire() {
        TestOrganization acme = TestOrganization.seeded(context, """
                teams:
                  - {name: Design, securityGroup: design-sync}
                people:
                  - email: ada@example.com
                    name: Ada King Lovelace
                    role: companyAdmin
                    license: Advanced
                    adminRoles: [content admin]
                    teams: [{name: Design, role: admin}]
                    photo: https://example.com/a.png
                    language: en_GB
                    employeeNumber: 007
                    costCenter: CC
                    organization: Org
                    division: Div
                    department: Dep
                    manager: eve@example.com
                    managerName: Eve
                  - {email: eve@example.com, active: false}
                """);

        assertThat(acme.scim().get("/Users/" + acme.user("ada@example.com")).body())
                .isEqualTo(json("""
                        {
                          "schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"],
                          "id": "%1$s",
                          "meta": {"resourceType": "User", "location": "%4$s/Users/%1$s"},
                          "userName": "ada@example.com",
                          "name": {
                            "formatted": "Ada King Lovelace", "familyName": "King Lovelace", "givenName": "Ada"
                          },
                          "displayName": "Ada King Lovelace",
                          "userType": "Advanced",
                          "preferredLanguage": "en_GB",
                          "active": true,
                          "emails": [
                            {"value": "ada@example.com", "display": "ada@example.com", "type": "work", "primary": true}
                          ],
                          "photos": [{"type": "photo", "value": "https://example.com/a.png"}],
                          "groups": [{"value": "%3$s", "display": "design-sync"}],
                          "roles": [
                            {
                              "type": "organization_user_role",
                              "value": "ORGANIZATION_INTERNAL_ADMIN",
                              "display": "Company Admin",
                              "primary": true
                            },
                            {
                              "type": "organization_admin_role",
                              "value": "Content Admin",
                              "display": "Content Admin",
                              "primary": false
                            }
                          ],
                          "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {
                            "employeeNumber": "007",
                            "costCenter": "CC",
                            "organization": "Org",
                            "division": "Div",
                            "department": "Dep",
                            "manager": {"value": "%2$s", "displayName": "Eve"}
                          }
                        }
                        """.formatted(
                                acme.user("ada@example.com"),
                                acme.user("eve@example.com"),
                                acme.group("Design"),
                                acme.scim().baseUrl())));
        assertThat(acme.scim()
                        .get("/Users/" + acme.user("eve@example.com"))
                        .body()
                        .path("active")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void plant_allOrNothing() {
        TestOrganization taken =
                TestOrganization.in(context).member("ada@example.com").create();
        SeedDocument seed = SeedReader.read("seed.yml", """
                organizations:
                  - name: Planted in vain
                    people: [{email: bob@example.com}]
                  - people: [{email: eve@example.com, id: %s}]
                """.formatted(taken.user("ada@example.com")));

        assertThatThrownBy(() -> seeds.plant(seed)).hasMessage("Somebody or something else has this id");

        assertThat(context.getBean(Organizations.class).list())
                .noneMatch(organization -> organization.name().equals("Planted in vain"));
    }

    @Test
    void plant_userGroups() {
        TestOrganization acme = TestOrganization.seeded(context, """
                settings: {groupModel: userGroups}
                teams: [{name: Design}]
                people: [{email: ada@example.com}, {email: bob@example.com, active: false}]
                userGroups:
                  - id: 3458764500000000777
                    name: Readers
                    description: Who reads
                    members: [Bob@example.com, ada@example.com]
                    teams: [design]
                  - name: Writers
                """);

        assertThat(acme.scim().get("/Groups").resources())
                .extracting(group -> group.path("displayName").asString())
                .containsExactlyInAnyOrder("Readers", "Writers");
        JsonNode readers = acme.scim().get("/Groups/3458764500000000777").body();
        assertThat(readers.path("members"))
                .extracting(member -> member.path("value").asString())
                .containsExactlyInAnyOrder(acme.user("ada@example.com"), acme.user("bob@example.com"));
        assertThat(acme.rest()
                        .get(acme.path("/groups/3458764500000000777"))
                        .body()
                        .path("description")
                        .asString())
                .isEqualTo("Who reads");
        assertThat(acme.rest()
                        .get(acme.path("/teams/" + acme.group("Design") + "/groups"))
                        .text())
                .contains("3458764500000000777");
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }
}

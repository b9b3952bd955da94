package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.json;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.License;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class OrganizationTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void tokenContext() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .defaultTeam("Everyone")
                .member("zoe@example.com")
                .companyAdmin("ada@example.com")
                .companyAdmin("bob@example.com")
                .create();

        assertThat(ok(acme.rest("organizations:read", "identity:read").get("/v1/oauth-token"), 200))
                .isEqualTo(json("""
                        {"type": "oAuthToken",
                         "organization": {"type": "organization", "id": "%1$d", "name": "Test"},
                         "team": {"type": "team", "id": "%2$s", "name": "Everyone"},
                         "createdBy": {"type": "user", "id": "%3$s", "name": "ada@example.com"},
                         "user": {"type": "user", "id": "%3$s", "name": "ada@example.com"},
                         "scopes": ["organizations:read", "identity:read"]}
                        """.formatted(acme.id(), acme.group("Everyone"), acme.user("ada@example.com"))));
    }

    @Test
    void tokenContext_ofAnOrganizationWithNobody() {
        TestOrganization acme = TestOrganization.create(context, "{}");

        assertThat(ok(acme.rest().get("/v1/oauth-token"), 200)).isEqualTo(json("""
                        {"type": "oAuthToken",
                         "organization": {"type": "organization", "id": "%1$d", "name": "Test"},
                         "team": {"type": "team", "id": "%1$d", "name": "Test"},
                         "createdBy": {"type": "user", "id": "%1$d", "name": "Test"},
                         "user": {"type": "user", "id": "%1$d", "name": "Test"},
                         "scopes": ["organizations:read", "organizations:teams:read", "organizations:teams:write",
                                    "organizations:groups:read", "organizations:groups:write", "boards:read", "sessions:delete",
                                    "auditlogs:read"]}
                        """.formatted(acme.id())));
    }

    @Test
    void organization() {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"seats\": {\"Full\": 7}}")
                .create();

        assertThat(ok(acme.rest().get(acme.path("")), 200)).isEqualTo(json("""
                {"id": "%d", "fullLicensesPurchased": 7, "name": "Test", "plan": "company", "type": "organization"}
                """.formatted(acme.id())));
    }

    @Test
    void organization_withoutALimitOfSeats_hasBoughtAsManyAsAreTaken() {
        TestOrganization acme = TestOrganization.in(context)
                .member("ada@example.com")
                .member("bob@example.com", License.FREE)
                .deactivated("dan@example.com")
                .guest("gil@example.org")
                .create();

        assertThat(ok(acme.rest().get(acme.path("")), 200)
                        .path("fullLicensesPurchased")
                        .intValue())
                .isEqualTo(1);
    }
}

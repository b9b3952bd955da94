package dev.miroscim.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class StartupMessageTest {

    private static final String BASE_URL = "http://localhost:8080/api/v1/scim";

    @Test
    void showsWhatNobodyKnowsYet() {
        var secrets = new InitialSecrets(new MiroProperties(null, "", " ", null));
        assertThat(secrets.scimToken().value()).matches("[A-Za-z0-9]{64}");
        assertThat(secrets.restToken().value()).matches("[A-Za-z0-9]{64}").isNotEqualTo(secrets.scimToken().value());
        assertThat(secrets.adminPassword().value()).matches("[A-Za-z0-9]{24}");

        assertThat(new StartupMessage(new MockEnvironment(), secrets).message(BASE_URL))
                .contains("SCIM base URL   http://localhost:8080/api/v1/scim\n")
                .contains("SCIM token      " + secrets.scimToken().value() + "\n")
                .contains("REST token      " + secrets.restToken().value() + "\n")
                .contains("admin password  " + secrets.adminPassword().value() + "\n")
                .contains("curl -H \"Authorization: Bearer %s\" http://localhost:8080/api/v1/scim/Groups\n"
                        .formatted(secrets.scimToken().value()));
    }

    @Test
    void keepsWhatIsConfigured() {
        var secrets = new InitialSecrets(new MiroProperties("scim-secret", "rest-secret", "admin-secret", null));
        assertThat(new StartupMessage(new MockEnvironment(), secrets).message(BASE_URL))
                .doesNotContain("-secret")
                .contains("SCIM token      as configured ($MIRO_SCIM_TOKEN)\n")
                .contains("curl -H \"Authorization: Bearer $MIRO_SCIM_TOKEN\" " + BASE_URL + "/Groups\n");
        assertThat(secrets.scimToken()).hasToString("configured");
    }
}

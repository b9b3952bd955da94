package dev.miroscim.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.emulator.Secret.Origin;
import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class StartupMessageTest {

    private static final String BASE_URL = "http://localhost:8080/api/v1/scim";

    @Test
    void showsWhatNobodyKnowsYet() {
        Secret password = new AdminPassword(new MiroProperties(null, null, null, null)).secret();
        assertThat(password.value()).matches("[A-Za-z0-9]{24}");

        assertThat(StartupMessage.message(
                        BASE_URL,
                        "on 127.0.0.1",
                        192L << 20,
                        new Secret(Origin.GENERATED, "new-scim-token"),
                        new Secret(Origin.GENERATED, "new-rest-token"),
                        password))
                .contains("SCIM base URL   http://localhost:8080/api/v1/scim\n")
                .contains("heap limit      192 MB (java -Xmx)\n")
                .contains("SCIM token      new-scim-token\n")
                .contains("REST token      new-rest-token\n")
                .contains("admin password  " + password.value() + "\n")
                .contains("curl -H \"Authorization: Bearer new-scim-token\""
                        + " http://localhost:8080/api/v1/scim/Groups\n");
    }

    @Test
    void namesTheServerAsItIsReached() {
        assertThat(StartupMessage.server(new MockEnvironment(), "8080")).isEqualTo("http://localhost:8080");
        assertThat(StartupMessage.server(
                        new MockEnvironment().withProperty("server.ssl.key-store", "miro.p12"), "8443"))
                .isEqualTo("https://localhost:8443");
        assertThat(StartupMessage.server(
                        new MockEnvironment()
                                .withProperty("server.ssl.key-store", "miro.p12")
                                .withProperty("server.ssl.enabled", "false"),
                        "8080"))
                .isEqualTo("http://localhost:8080");
        assertThat(StartupMessage.server(
                        new MockEnvironment().withProperty("miro.public-url", "https://scim.example.com/"), "8080"))
                .isEqualTo("https://scim.example.com");
    }

    @Test
    void namesTheServerByItsAddress() {
        assertThat(StartupMessage.server(new MockEnvironment().withProperty("server.address", "192.0.2.1"), "8080"))
                .isEqualTo("http://192.0.2.1:8080");
        assertThat(StartupMessage.server(new MockEnvironment().withProperty("server.address", "0.0.0.0"), "8080"))
                .isEqualTo("http://localhost:8080");
    }

    @Test
    void saysWhoCanReachIt() {
        assertThat(StartupMessage.listening(InetAddress.ofLiteral("127.0.0.1")))
                .isEqualTo("on 127.0.0.1: this machine alone; SERVER_ADDRESS=0.0.0.0 lets others in");
        assertThat(StartupMessage.listening(InetAddress.ofLiteral("0.0.0.0"))).startsWith("on all addresses");
        assertThat(StartupMessage.listening(InetAddress.ofLiteral("::"))).startsWith("on all addresses");
        assertThat(StartupMessage.listening(InetAddress.ofLiteral("192.0.2.1"))).isEqualTo("on 192.0.2.1");
    }

    @Test
    void keepsWhatIsConfigured() {
        Secret password = new AdminPassword(new MiroProperties(null, null, "admin-secret", null)).secret();

        assertThat(StartupMessage.message(
                        BASE_URL,
                        "on 127.0.0.1",
                        192L << 20,
                        new Secret(Origin.CONFIGURED, "scim-secret"),
                        new Secret(Origin.SEED, "rest-secret"),
                        password))
                .doesNotContain("-secret")
                .contains("SCIM token      as configured ($MIRO_SCIM_TOKEN)\n")
                .contains("REST token      as in the seed\n")
                .contains("admin password  as configured ($MIRO_ADMIN_PASSWORD)\n")
                .contains("curl -H \"Authorization: Bearer $MIRO_SCIM_TOKEN\" " + BASE_URL + "/Groups\n");
        assertThat(password).hasToString("CONFIGURED");
    }

    @Test
    void saysHowToReplaceATokenThatIsStoredAsAHash() {
        Secret kept = new Secret(Origin.KEPT, null);

        assertThat(StartupMessage.message(
                        BASE_URL, "on 127.0.0.1", 192L << 20, kept, kept, new Secret(Origin.GENERATED, "password")))
                .contains("SCIM token      unchanged; only its hash is stored, set MIRO_SCIM_TOKEN to replace it\n")
                .contains("REST token      unchanged; only its hash is stored, set MIRO_REST_TOKEN to replace it\n");
    }
}

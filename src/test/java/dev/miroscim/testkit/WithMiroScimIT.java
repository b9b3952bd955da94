package dev.miroscim.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.ScimClient;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What tests of other people get, from the jar that they get. */
@WithMiroScim
class WithMiroScimIT {

    private static Organization ofTheClass;
    private Organization beforeTheTest;

    @BeforeAll
    static void remember(Organization organization) {
        ofTheClass = organization;
    }

    @BeforeEach
    void rememberToo(Organization organization) {
        beforeTheTest = organization;
    }

    @Test
    void givesATestOrganizationsOfItsOwn(Organization acme, Organization globex, MiroScimAdmin miro) {
        ScimClient.Answer created = scim(acme).post("/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.com"}
                """);

        assertThat(created.status()).isEqualTo(201);
        assertThat(acme).isEqualTo(beforeTheTest).isNotEqualTo(ofTheClass);
        assertThat(acme.name()).startsWith("givesATestOrganizationsOfItsOwn");
        assertThat(miro.people(acme.id())).extracting(Person::email).containsExactly("ada@example.com");
        assertThat(miro.people(globex.id())).isEmpty();
        assertThat(miro.journal(JournalQuery.of(acme).path("/Users").until(1))).hasSize(1);
    }

    @Test
    void tellsWhereTheServerIs(MiroScimServer server) {
        assertThat(new ScimClient(URI.create(server.url()).getPort(), server.scimToken())
                        .get("/Groups")
                        .resources())
                .isNotEmpty();
        assertThat(server.admin().organizations()).isNotEmpty();
        assertThat(server.scimUrl()).isEqualTo(server.url() + "/api/v1/scim");
    }

    @Test
    void keepsTheServersClassesApart(MiroScimServer server) {
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getContextClassLoader)
                .filteredOn(loader -> loader != null && "miro-scim".equals(loader.getName()))
                .isNotEmpty();
        assertThat(Thread.currentThread().getContextClassLoader().getName()).isNotEqualTo("miro-scim");
    }

    @Test
    @WithMiroScim("miro.rate-limits=documented")
    void startsAServerOfItsOwnForOtherSettings(Organization acme) {
        assertThat(scim(acme).get("/Users").header("X-RateLimit-Limit")).isNotNull();
        assertThat(scim(ofTheClass).get("/Users").header("X-RateLimit-Limit")).isNull();
    }

    @Test
    void paysNoAttentionToWhatIsMeantForOthers() {
        Map<String, String> forOthers = Map.of(
                "spring.datasource.url", "jdbc:postgresql://localhost:1/others", "miro.rate-limits", "documented");
        forOthers.forEach(System::setProperty);
        try (MiroScimServer server = MiroScimServer.start()) {
            Organization acme = server.admin()
                    .createOrganization(
                            NewOrganization.named("Acme").seed(Map.of("teams", List.of(Map.of("name", "Design")))));
            ScimClient.Answer groups = scim(acme).get("/Groups");

            assertThat(groups.resources()).hasSize(1);
            assertThat(groups.header("X-RateLimit-Limit")).isNull();
        } finally {
            forOthers.keySet().forEach(System::clearProperty);
        }
    }

    private static ScimClient scim(Organization organization) {
        return new ScimClient(URI.create(organization.scimUrl()).getPort(), organization.scimToken());
    }
}

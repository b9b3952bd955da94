package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.miroscim.testkit.MiroScimContainer;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.testcontainers.DockerClientFactory;

@EnabledIf("dockerAnswers")
class ProvisioningInContainerTest {

    @Test
    void createsAUser() throws Exception {
        try (MiroScimContainer miro = new MiroScimContainer("miro-scim")) {
            miro.start();
            Organization acme = miro.admin().createOrganization(NewOrganization.named("Acme"));

            new Provisioning(acme.scimUrl(), acme.scimToken()).create("ada@example.com");

            assertEquals("ada@example.com", miro.admin().people(acme.id()).getFirst().email());
        }
    }

    static boolean dockerAnswers() {
        return DockerClientFactory.instance().isDockerAvailable();
    }
}

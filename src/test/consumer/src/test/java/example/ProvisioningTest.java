package example;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.miroscim.testkit.JournalQuery;
import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.Organization;
import dev.miroscim.testkit.WithMiroScim;
import org.junit.jupiter.api.Test;

@WithMiroScim
class ProvisioningTest {

    @Test
    void createsAUser(Organization acme, MiroScimAdmin miro) throws Exception {
        new Provisioning(acme.scimUrl(), acme.scimToken()).create("ada@example.com");

        assertEquals("ada@example.com", miro.people(acme.id()).getFirst().email());
        assertEquals(1, miro.journal(JournalQuery.of(acme).path("/Users").until(1)).size());
    }
}

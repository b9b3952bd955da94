package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.idp.EntraProvisioning.Dialect;
import dev.miroscim.idp.SourceDirectory.Person;
import dev.miroscim.idp.SourceDirectory.Team;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Entra's provisioning service at work for a company of two hundred people. */
@Campaign
@MiroScimTest
class EntraProvisioningTest {

    @Autowired
    ApplicationContext context;

    @ParameterizedTest
    @EnumSource
    void lifeOfACompany(Dialect dialect) throws Exception {
        SourceDirectory source = SourceDirectory.company(200, 10);
        source.person(17).address = "zoe.o'brien+test@contoso.com";
        source.person(17).givenName = "Zoë";
        source.person(17).surname = "Ångström-O'Brien \"Z\"";
        TestOrganization miro = miro(10);
        ScimClient scim = miro.scim();
        Mirror mirror = new Mirror(scim, Set.of("root@miro.example", "admin@miro.example"));
        EntraProvisioning entra = new EntraProvisioning(scim, source, dialect);

        assertThat(entra.testConnection()).isTrue();

        entra.cycle();
        mirror.assertEquals(source);

        entra.calls().clear();
        entra.cycle();
        assertThat(entra.calls().log())
                .as("nothing changed, so nothing is sent")
                .isEmpty();

        change(source);
        scim.delete("/Users/" + entra.anchor(source.person(60).objectId));
        entra.cycle();
        mirror.assertEquals(source);

        changeBack(source);
        entra.cycle();
        mirror.assertEquals(source);

        Person purged = source.person(90);
        String anchor = entra.anchor(purged.objectId);
        source.purge(purged);
        entra.cycle();
        mirror.assertEquals(source);
        assertThat(scim.get("/Users/" + anchor).status()).isEqualTo(404);

        entra.calls().assertNoFailures();
    }

    private static void change(SourceDirectory source) {
        source.person(20).surname = "Renamed";
        source.person(21).address = "somebody.else@fabrikam.com";
        source.person(22).enabled = false;
        source.person(23).enabled = false;
        source.person(23).surname = "Left";
        source.person(24).department = null;
        source.person(25).employeeId = null;
        source.person(26).language = "fr-FR";
        source.person(27).jobTitle = "Director";
        source.person(28).address = "PERSON28@contoso.com";
        // Whom somebody has deleted in Miro meanwhile; the change lets Entra find out.
        source.person(60).surname = "Back Again";
        source.person(61).assigned = false;
        source.person(62).assigned = false;
        for (int i = 100; i < 110; i++) {
            source.person(i).manager = null;
        }
        for (int i = 110; i < 120; i++) {
            source.person(i).manager = source.person(3);
        }
        source.person(4).manager = source.person(5);
        source.team(0).displayName = "Team Zero";
        source.team(1).members.remove(source.person(1));
        source.team(2).members.removeIf(person -> !person.enabled || person.objectId.endsWith("2"));
        source.team(3).members.add(source.person(0));
        Person joiner = source.hire("joiner@contoso.com", "Just", "Joined");
        joiner.manager = source.person(20);
        source.team(4).members.add(joiner);
        source.team(5).members.add(joiner);
    }

    private static void changeBack(SourceDirectory source) {
        source.person(21).address = "person21@contoso.com";
        source.person(22).enabled = true;
        source.person(23).enabled = true;
        source.person(23).address = "returned@contoso.com";
        source.person(24).department = "Department 0";
        source.person(61).assigned = true;
        source.person(62).assigned = true;
        source.person(62).surname = "Returned";
        source.team(0).displayName = "Team 0";
        source.team(1).members.add(source.person(1));
        source.team(6).members.clear();
    }

    /**
     * Without another team, whoever never logged in leaves the organisation with the group, and comes back as if new.
     */
    @ParameterizedTest
    @EnumSource
    void memberOfASingleGroup(Dialect dialect) throws Exception {
        SourceDirectory source = SourceDirectory.company(4, 1);
        TestOrganization miro = TestOrganization.in(context)
                .team("Team 0")
                .companyAdmin("root@miro.example")
                .teamAdmin("admin@miro.example", "Team 0")
                .create();
        EntraProvisioning entra = new EntraProvisioning(miro.scim(), source, dialect);
        entra.cycle();

        Person leaver = source.person(2);
        source.team(0).members.remove(leaver);
        entra.cycle();
        String anchor = entra.anchor(leaver.objectId);
        assertThat(entra.calls().log().getLast().rules()).contains("unregistered-user-leaves");
        assertThat(miro.scim().get("/Users/" + anchor).status()).isEqualTo(404);

        leaver.surname = "Returned";
        source.team(0).members.add(leaver);
        entra.cycle();

        new Mirror(miro.scim(), Set.of("root@miro.example", "admin@miro.example")).assertEquals(source);
        assertThat(entra.anchor(leaver.objectId)).isEqualTo(anchor);
        entra.calls().assertNoFailures();
    }

    /** Where groups are user groups, Entra makes them, and deletes those that it is to provision no longer. */
    @ParameterizedTest
    @EnumSource
    void lifeOfUserGroups(Dialect dialect) throws Exception {
        SourceDirectory source = SourceDirectory.company(60, 6);
        TestOrganization miro = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .team("Team 0")
                .companyAdmin("root@miro.example", "Team 0")
                .create();
        ScimClient scim = miro.scim();
        scim.post(
                "/Groups",
                "{\"displayName\": \"Team 1\", \"members\": [{\"value\": \"%s\"}]}"
                        .formatted(miro.user("root@miro.example")));
        Mirror mirror = new Mirror(scim, Set.of("root@miro.example"));
        EntraProvisioning entra = new EntraProvisioning(scim, source, dialect).withCreateAndDeleteOfGroups();

        assertThat(entra.testConnection()).isTrue();
        entra.cycle();
        mirror.assertEqualGroups(source);
        assertThat(entra.calls().log())
                .filteredOn(call -> call.line().equals("POST /Groups"))
                .as("all but the one that Miro had")
                .hasSize(5);

        entra.calls().clear();
        entra.cycle();
        assertThat(entra.calls().log())
                .as("nothing changed, so nothing is sent")
                .isEmpty();

        Team foundGoneByGet = source.team(2);
        Team foundGoneByPatch = source.team(3);
        for (Team gone : List.of(foundGoneByGet, foundGoneByPatch)) {
            assertThat(scim.delete("/Groups/" + entra.anchor(gone.objectId)).status())
                    .isEqualTo(204);
        }
        foundGoneByGet.displayName = "Team Two";
        foundGoneByPatch.members.add(source.hire("joiner@contoso.com", "Just", "Joined"));
        source.team(0).displayName = "Team Zero";
        source.team(1).members.clear();
        source.team(4).members.removeIf(person -> person.objectId.endsWith("1"));
        source.person(5).enabled = false;
        source.team("Founders").members.add(source.person(0));
        Team withdrawn = source.team(5);
        String anchor = entra.anchor(withdrawn.objectId);
        source.withdraw(withdrawn);
        entra.cycle();
        mirror.assertEqualGroups(source);
        assertThat(scim.get("/Groups/" + anchor).status()).isEqualTo(404);

        source.team(withdrawn.displayName).members.addAll(withdrawn.members);
        source.team(1).members.add(source.person(1));
        entra.cycle();
        mirror.assertEqualGroups(source);
        assertThat(entra.anchor(withdrawn.objectId)).isNotEqualTo(anchor);

        entra.calls().assertNoFailures();
        assertThat(miro.rest()
                        .get(miro.path("/teams/" + miro.group("Team 0") + "/members"))
                        .body()
                        .path("data"))
                .as("the team of the same name is as it was")
                .hasSize(1);
    }

    @Test
    void testConnection_wrongToken() {
        TestOrganization miro = miro(0);
        int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
        ScimClient wrong = new ScimClient(port, miro.token() + "x");

        assertThat(new EntraProvisioning(wrong, new SourceDirectory(), Dialect.DEFAULT).testConnection())
                .isFalse();
    }

    /** An organisation in which some of the company are already, not quite as the company knows them. */
    private TestOrganization miro(int teams) {
        TestOrganization.Builder miro = TestOrganization.in(context).defaultTeam("Everyone");
        String[] names = new String[teams];
        for (int i = 0; i < teams; i++) {
            names[i] = "Team " + i;
            miro.team(names[i]);
        }
        miro.companyAdmin("root@miro.example", "Everyone").teamAdmin("admin@miro.example", names);
        for (int i = 0; i < 20 && teams > 0; i++) {
            String name = "Old Name " + i;
            if (i % 5 == 0) {
                miro.deactivated("Person" + i + "@Contoso.com", "Everyone");
            } else {
                miro.person(
                        i == 17 ? "Zoe.O'Brien+test@contoso.com" : "person" + i + "@contoso.com",
                        details -> details.set(UserAttribute.DISPLAY_NAME, name),
                        "Everyone");
            }
        }
        return miro.create();
    }
}

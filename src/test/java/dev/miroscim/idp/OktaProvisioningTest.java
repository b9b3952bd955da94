package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.idp.SourceDirectory.Person;
import dev.miroscim.idp.SourceDirectory.Team;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/** Okta at work for a company that has been using Miro before. */
@Campaign
@MiroScimTest
class OktaProvisioningTest {

    @Autowired
    ApplicationContext context;

    @Test
    void lifeOfACompany() {
        SourceDirectory source = SourceDirectory.company(60, 3);
        TestOrganization miro = miro(50);
        OktaProvisioning okta = new OktaProvisioning(miro.scim());
        String admin = miro.user("admin@miro.example");
        Mirror mirror = new Mirror(miro.scim(), Set.of("root@miro.example", "admin@miro.example"));

        assertThat(okta.testCredentials()).isTrue();
        assertThat(okta.importAll("/Users"))
                .hasSize(52)
                .extracting(user -> user.get("id"))
                .doesNotHaveDuplicates();

        source.people.values().forEach(okta::assign);
        for (Team team : source.teams.values()) {
            okta.pushGroup(team);
            assertThat(okta.pushNow(team, List.of(admin)).status()).isEqualTo(200);
        }
        mirror.assertEquals(source);

        Person renamed = source.person(7);
        renamed.surname = "Renamed";
        renamed.address = "renamed@contoso.com";
        okta.update(renamed);
        Person leaver = source.person(8);
        leaver.enabled = false;
        okta.activate(leaver, false);
        Person unassigned = source.person(9);
        unassigned.assigned = false;
        okta.update(unassigned);
        Team team = source.team(1);
        Person leaving = team.members.stream().findFirst().orElseThrow();
        team.members.remove(leaving);
        Person joining = source.hire("joining@contoso.com", "Just", "Joined");
        team.members.add(joining);
        okta.assign(joining);
        okta.pushChange(team, leaving, joining);
        team.displayName = "Team One";
        okta.rename(team);
        mirror.assertEquals(source);

        leaver.enabled = true;
        okta.activate(leaver, true);
        unassigned.assigned = true;
        okta.assign(unassigned);
        source.team(2).members.clear();
        source.team(2).members.add(joining);
        assertThat(okta.pushNow(source.team(2), List.of(admin)).status()).isEqualTo(200);
        mirror.assertEquals(source);

        // Only the pushes that leave out the team's admin fail, as they do at Miro.
        assertThat(okta.calls().log().stream().filter(Calls.Call::failed))
                .hasSize(3)
                .allMatch(call -> call.status() == 409 && call.rules().contains("last-team-admin"));
    }

    /** Where groups are user groups, Okta makes those that it pushes, and deletes those that are unlinked. */
    @Test
    void lifeOfUserGroups() {
        SourceDirectory source = SourceDirectory.company(30, 4);
        TestOrganization miro = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .team("Team 0")
                .companyAdmin("root@miro.example", "Team 0")
                .create();
        OktaProvisioning okta = new OktaProvisioning(miro.scim());
        Mirror mirror = new Mirror(miro.scim(), Set.of("root@miro.example"));
        assertThat(okta.importAll("/Groups")).isEmpty();

        source.people.values().forEach(okta::assign);
        source.teams.values().forEach(team -> okta.createGroup(team, team.displayName.endsWith("1")));
        mirror.assertEqualGroups(source);
        assertThat(okta.importAll("/Groups")).hasSize(4);

        Team changed = source.team(0);
        Person leaving = changed.members.iterator().next();
        Person joining = source.hire("joining@contoso.com", "Just", "Joined");
        changed.members.remove(leaving);
        changed.members.add(joining);
        okta.assign(joining);
        okta.pushChange(changed, leaving, joining);
        Team renamed = source.team(1);
        renamed.displayName = "Team One";
        okta.rename(renamed);
        Team put = source.team(2);
        put.displayName = "Team Two";
        put.members.removeIf(person -> person.objectId.endsWith("2"));
        put.members.add(joining);
        okta.rename(put);
        assertThat(okta.pushNow(put, List.of()).status()).isEqualTo(200);
        Team emptied = source.team(3);
        emptied.members.clear();
        assertThat(okta.pushNow(emptied, List.of()).status()).isEqualTo(200);
        mirror.assertEqualGroups(source);
        assertThat(okta.readGroup(put).body().get("displayName").stringValue()).isEqualTo("Team Two");

        source.withdraw(renamed);
        assertThat(okta.unlink(renamed).status()).isEqualTo(204);
        mirror.assertEqualGroups(source);
        Team again = source.team("Team One");
        again.members.addAll(renamed.members);
        okta.createGroup(again, false);
        // Links to the group that Miro has, as after Okta itself has forgotten the link.
        okta.pushGroup(changed);
        mirror.assertEqualGroups(source);

        okta.calls().assertNoFailures();
    }

    /** Everybody is on exactly one page, also while somebody comes in between. */
    @Test
    void importUsers_byPages() {
        TestOrganization miro = miro(248);
        OktaProvisioning okta = new OktaProvisioning(miro.scim());

        List<JsonNode> users = okta.importAll("/Users");

        assertThat(users).hasSize(250);
        assertThat(okta.calls().log()).hasSize(3);
        assertThat(users)
                .extracting(user -> user.get("id").stringValue())
                .doesNotHaveDuplicates()
                .isSorted();
    }

    @Test
    void pushGroup_thatMiroDoesNotHave() {
        OktaProvisioning okta = new OktaProvisioning(miro(0).scim());

        Calls calls = okta.calls();
        calls.send("POST", "/Groups", Map.of("displayName", "Nobodies", "members", List.of()));

        assertThat(calls.log().getFirst().status()).isEqualTo(405);
        assertThat(calls.log().getFirst().rules()).containsExactly("groups-not-created-or-deleted");
    }

    private TestOrganization miro(int people) {
        TestOrganization.Builder miro = TestOrganization.in(context).defaultTeam("Everyone");
        miro.team("Team 0").team("Team 1").team("Team 2");
        miro.companyAdmin("root@miro.example", "Everyone")
                .teamAdmin("admin@miro.example", "Team 0", "Team 1", "Team 2");
        for (int i = 0; i < people; i++) {
            miro.member("person%d@contoso.com".formatted(i), "Everyone");
        }
        return miro.create();
    }
}

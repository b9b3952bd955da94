package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.json;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.TestOrganization;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@MiroScimTest
class TeamSettingsTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void aNewTeam_hasTheDefaults() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();
        RestClient rest = acme.rest();

        ObjectNode team = (ObjectNode) ok(rest.get(settings(acme)), 200);
        JsonNode defaults = ok(rest.get(acme.path("/default_teams_settings")), 200);

        assertThat(team.path("teamId").stringValue()).isEqualTo(acme.group("Design"));
        team.remove("teamId");
        assertThat(team).isEqualTo(defaults).isEqualTo(json("""
                {"organizationId": "%d",
                 "teamAccountDiscoverySettings": {"accountDiscovery": "hidden"},
                 "teamCollaborationSettings": {"coOwnerRole": "enabled"},
                 "teamCopyAccessLevelSettings": {"copyAccessLevel": "anyone", "copyAccessLevelLimitation": "anyone"},
                 "teamInvitationSettings": {"inviteExternalUsers": "allowed", "whoCanInvite": "all_members"},
                 "teamSharingPolicySettings": {"allowListedDomains": [], "createAssetAccessLevel": "all_members",
                     "defaultBoardAccess": "private",
                     "defaultBoardSharingAccess": "team_members_with_editing_rights",
                     "defaultOrganizationAccess": "private", "defaultProjectAccess": "view",
                     "moveBoardToAccount": "allowed", "restrictAllowedDomains": "disabled",
                     "sharingOnAccount": "allowed", "sharingOnOrganization": "allowed",
                     "sharingViaPublicLink": "allowed"},
                 "type": "team-settings"}
                """.formatted(acme.id())));
    }

    @Test
    void aChange_leavesWhatItDoesNotName() {
        TestOrganization acme =
                TestOrganization.in(context).team("Design").team("Sales").create();
        RestClient rest = acme.rest();
        ObjectNode expected = (ObjectNode) ok(rest.get(settings(acme)), 200);

        JsonNode changed = ok(rest.patch(settings(acme), """
                {"teamInvitationSettings": {"whoCanInvite": "admins"},
                 "teamSharingPolicySettings": {"restrictAllowedDomains": "enabled_with_external_user_access",
                     "allowListedDomains": ["example.com"]}}
                """), 200);
        ok(rest.patch(settings(acme), """
                {"teamCopyAccessLevelSettings": {"copyAccessLevel": "board_owner"},
                 "teamInvitationSettings": {"inviteExternalUsers": "not_allowed", "whoCanInvite": null},
                 "teamSharingPolicySettings": null}
                """), 200);

        ((ObjectNode) expected.path("teamInvitationSettings")).put("whoCanInvite", "admins");
        ((ObjectNode) expected.path("teamSharingPolicySettings"))
                .put("restrictAllowedDomains", "enabled_with_external_user_access")
                .putArray("allowListedDomains")
                .add("example.com");
        assertThat(changed).isEqualTo(expected);
        ((ObjectNode) expected.path("teamInvitationSettings")).put("inviteExternalUsers", "not_allowed");
        ((ObjectNode) expected.path("teamCopyAccessLevelSettings")).put("copyAccessLevel", "board_owner");
        assertThat(ok(rest.get(settings(acme)), 200)).isEqualTo(expected);
        assertThat(ok(rest.patch(settings(acme), "{}"), 200)).isEqualTo(expected);
        assertThat(ok(rest.get(acme.path("/teams/" + acme.group("Sales") + "/settings")), 200)
                        .path("teamInvitationSettings")
                        .path("whoCanInvite")
                        .stringValue())
                .isEqualTo("all_members");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            teamAccountDiscoverySettings | accountDiscovery          | "open"
            teamCollaborationSettings    | coOwnerRole               | "ENABLED"
            teamCollaborationSettings    | coOwnerRole               | true
            teamCopyAccessLevelSettings  | copyAccessLevel           | "owner"
            teamCopyAccessLevelSettings  | copyAccessLevelLimitation | "team_editors"
            teamInvitationSettings       | inviteExternalUsers       | "maybe"
            teamInvitationSettings       | whoCanInvite              | 0
            teamInvitationSettings       | whoCanInvite              | -8599570533993817662
            teamSharingPolicySettings    | allowListedDomains        | "example.com"
            teamSharingPolicySettings    | allowListedDomains        | [null]
            teamSharingPolicySettings    | createAssetAccessLevel    | "everyone"
            teamSharingPolicySettings    | defaultBoardAccess        | "read"
            teamSharingPolicySettings    | defaultBoardSharingAccess | "owner"
            teamSharingPolicySettings    | defaultOrganizationAccess | ""
            teamSharingPolicySettings    | defaultProjectAccess      | "edit"
            teamSharingPolicySettings    | moveBoardToAccount        | "allowed_with_editing"
            teamSharingPolicySettings    | restrictAllowedDomains    | "on"
            teamSharingPolicySettings    | sharingOnAccount          | {}
            teamSharingPolicySettings    | sharingOnOrganization     | []
            teamSharingPolicySettings    | sharingViaPublicLink      | "no"
            """)
    void aValueThatASettingCannotHave_changesNothing(String part, String setting, String value) {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();
        RestClient rest = acme.rest();
        JsonNode before = ok(rest.get(settings(acme)), 200);

        JsonNode refusal = error(
                rest.patch(
                        settings(acme),
                        "{\"teamAccountDiscoverySettings\": {\"accountDiscovery\": \"join\"}, \"%s\": {\"%s\": %s}}"
                                .formatted(part, setting, value)),
                400,
                part.equals("teamAccountDiscoverySettings") ? "badRequest" : "invalidParameters");

        assertThat(refusal.path("message").stringValue()).isNotBlank();
        assertThat(ok(rest.get(settings(acme)), 200)).isEqualTo(before);
    }

    @Test
    void changesAtOnce_areBothKept() throws Exception {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();
        RestClient rest = acme.rest();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            callers.submit(() -> rest.patch(
                    settings(acme), "{\"teamInvitationSettings\": {\"inviteExternalUsers\": \"not_allowed\"}}"));
            callers.submit(() -> rest.patch(
                    settings(acme), "{\"teamInvitationSettings\": {\"whoCanInvite\": \"only_org_admins\"}}"));
        }

        assertThat(ok(rest.get(settings(acme)), 200).path("teamInvitationSettings"))
                .isEqualTo(json("{\"inviteExternalUsers\": \"not_allowed\", \"whoCanInvite\": \"only_org_admins\"}"));
    }

    @Test
    void settings_areOfTheOrganizationsTeams_andGoWithThem() {
        TestOrganization acme = TestOrganization.in(context).team("Design").create();
        TestOrganization other = TestOrganization.in(context).team("Theirs").create();
        RestClient rest = acme.rest();
        ok(rest.patch(settings(acme), "{\"teamCollaborationSettings\": {\"coOwnerRole\": \"disabled\"}}"), 200);

        error(rest.get(acme.path("/teams/" + other.group("Theirs") + "/settings")), 404, "notFound");
        error(rest.patch(acme.path("/teams/" + other.group("Theirs") + "/settings"), "{}"), 404, "notFound");
        ok(rest.delete(acme.path("/teams/" + acme.group("Design"))), 204);
        error(rest.get(settings(acme)), 404, "notFound");
    }

    private static String settings(TestOrganization acme) {
        return acme.path("/teams/" + acme.group("Design") + "/settings");
    }
}

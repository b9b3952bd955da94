package dev.miroscim.platform;

import static dev.miroscim.access.Scope.TEAMS_READ;
import static dev.miroscim.access.Scope.TEAMS_WRITE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.teams.TeamSettings;
import dev.miroscim.directory.teams.Teams;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Settings of teams. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}", produces = RestPlane.MEDIA_TYPE)
class TeamSettingsController {

    private final Teams teams;

    TeamSettingsController(Teams teams) {
        this.teams = teams;
    }

    /** @param teamId absent in the default settings */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({
        "organizationId",
        "teamId",
        "teamAccountDiscoverySettings",
        "teamCollaborationSettings",
        "teamCopyAccessLevelSettings",
        "teamInvitationSettings",
        "teamSharingPolicySettings",
        "type"
    })
    record TeamSettingsResource(
            String organizationId,
            @Nullable String teamId,
            TeamSettings.@Nullable AccountDiscovery teamAccountDiscoverySettings,
            TeamSettings.@Nullable Collaboration teamCollaborationSettings,
            TeamSettings.@Nullable CopyAccessLevel teamCopyAccessLevelSettings,
            TeamSettings.@Nullable Invitation teamInvitationSettings,
            TeamSettings.@Nullable SharingPolicy teamSharingPolicySettings,
            String type) {

        static TeamSettingsResource of(long organizationId, @Nullable Long teamId, TeamSettings settings) {
            return new TeamSettingsResource(
                    Long.toString(organizationId),
                    RestFormat.id(teamId),
                    settings.teamAccountDiscoverySettings(),
                    settings.teamCollaborationSettings(),
                    settings.teamCopyAccessLevelSettings(),
                    settings.teamInvitationSettings(),
                    settings.teamSharingPolicySettings(),
                    "team-settings");
        }
    }

    record TeamSettingsChanges(
            TeamSettings.@Nullable AccountDiscovery teamAccountDiscoverySettings,
            TeamSettings.@Nullable Collaboration teamCollaborationSettings,
            TeamSettings.@Nullable CopyAccessLevel teamCopyAccessLevelSettings,
            TeamSettings.@Nullable Invitation teamInvitationSettings,
            TeamSettings.@Nullable SharingPolicy teamSharingPolicySettings)
            implements RestBody {

        TeamSettings settings() {
            return new TeamSettings(
                    teamAccountDiscoverySettings,
                    teamCollaborationSettings,
                    teamCopyAccessLevelSettings,
                    teamInvitationSettings,
                    teamSharingPolicySettings);
        }
    }

    /** The default settings of new teams. */
    @GetMapping("/default_teams_settings")
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_READ)
    TeamSettingsResource defaults(@PathVariable("org_id") long organizationId) {
        return TeamSettingsResource.of(organizationId, null, TeamSettings.DEFAULTS);
    }

    @GetMapping("/teams/{team_id}/settings")
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_READ)
    TeamSettingsResource get(@PathVariable("org_id") long organizationId, @PathVariable("team_id") long teamId) {
        return TeamSettingsResource.of(organizationId, teamId, teams.settings(organizationId, teamId));
    }

    /** Changes the settings that are named. */
    @PatchMapping("/teams/{team_id}/settings")
    @RestCall(level = RateLimitLevel.TWO, scopes = TEAMS_WRITE)
    TeamSettingsResource update(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @RequestBody TeamSettingsChanges changes) {
        TeamSettings.SharingPolicy sharing = changes.teamSharingPolicySettings();
        List<String> domains = sharing == null ? null : sharing.allowListedDomains();
        if (domains != null && domains.stream().anyMatch(Objects::isNull)) {
            throw RestFormat.invalid(
                    "teamSharingPolicySettings.allowListedDomains contains something that is not a domain");
        }
        return TeamSettingsResource.of(
                organizationId, teamId, teams.decide(organizationId, teamId, changes.settings()));
    }
}

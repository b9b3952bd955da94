package dev.miroscim.platform;

import static dev.miroscim.access.Scope.GROUPS_READ;
import static dev.miroscim.access.Scope.TEAMS_READ;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.groups.UserGroupTeams;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The teams that a user group is in. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}/groups/{group_id}/teams", produces = RestPlane.MEDIA_TYPE)
class UserGroupTeamController {

    private final UserGroupTeams places;

    UserGroupTeamController(UserGroupTeams places) {
        this.places = places;
    }

    @JsonPropertyOrder({"id", "role", "type"})
    record UserGroupTeamResource(String id, String role, String type) implements Page.Item {
        static UserGroupTeamResource of(long teamId) {
            return new UserGroupTeamResource(Long.toString(teamId), "member", "user-group-team");
        }
    }

    @GetMapping
    @RestCall(
            level = RateLimitLevel.ONE,
            scopes = {GROUPS_READ, TEAMS_READ})
    Page<UserGroupTeamResource> list(
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit,
            @RequestParam(defaultValue = Cursor.START) Cursor cursor) {
        return Page.of(
                limit,
                places.teamsOf(organizationId, groupId, cursor.after(), limit.value()),
                UserGroupTeamResource::of);
    }

    @GetMapping("/{team_id}")
    @RestCall(
            level = RateLimitLevel.ONE,
            scopes = {GROUPS_READ, TEAMS_READ})
    UserGroupTeamResource get(
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @PathVariable("team_id") long teamId) {
        places.find(organizationId, groupId, teamId);
        return UserGroupTeamResource.of(teamId);
    }
}

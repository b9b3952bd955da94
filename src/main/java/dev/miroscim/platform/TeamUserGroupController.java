package dev.miroscim.platform;

import static dev.miroscim.access.Scope.GROUPS_READ;
import static dev.miroscim.access.Scope.TEAMS_READ;
import static dev.miroscim.access.Scope.TEAMS_WRITE;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.groups.UserGroupTeams;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** The user groups that are in a team. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}/teams/{team_id}/groups", produces = RestPlane.MEDIA_TYPE)
class TeamUserGroupController {

    /** The only role that a user group can have. */
    private static final String MEMBER = "member";

    private final UserGroupTeams places;

    TeamUserGroupController(UserGroupTeams places) {
        this.places = places;
    }

    @JsonPropertyOrder({"id", "role", "type"})
    record TeamUserGroupResource(String id, String role, String type) implements Page.Item {
        static TeamUserGroupResource of(long groupId) {
            return new TeamUserGroupResource(Long.toString(groupId), MEMBER, "team-user-group");
        }
    }

    record NewTeamUserGroup(
            @Nullable String userGroupId, @Nullable String role) implements RestBody {}

    @GetMapping
    @RestCall(
            level = RateLimitLevel.ONE,
            scopes = {GROUPS_READ, TEAMS_READ})
    Page<TeamUserGroupResource> list(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit,
            @RequestParam(defaultValue = Cursor.START) Cursor cursor) {
        return Page.of(
                limit,
                places.groupsOf(organizationId, teamId, cursor.after(), limit.value()),
                TeamUserGroupResource::of);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RestCall(
            level = RateLimitLevel.ONE,
            scopes = {GROUPS_READ, TEAMS_WRITE})
    TeamUserGroupResource add(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @RequestBody NewTeamUserGroup group) {
        if (!MEMBER.equals(group.role())) {
            throw RestFormat.invalid("role is required and must be " + MEMBER);
        }
        if (group.userGroupId() == null || !RestFormat.isId(group.userGroupId())) {
            throw RestFormat.invalid("userGroupId is required and must be the id of a user group");
        }
        long groupId = Long.parseLong(group.userGroupId());
        places.add(organizationId, groupId, teamId);
        return TeamUserGroupResource.of(groupId);
    }

    @GetMapping("/{group_id}")
    @RestCall(
            level = RateLimitLevel.ONE,
            scopes = {GROUPS_READ, TEAMS_READ})
    TeamUserGroupResource get(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @PathVariable("group_id") long groupId) {
        places.find(organizationId, groupId, teamId);
        return TeamUserGroupResource.of(groupId);
    }

    @DeleteMapping("/{group_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(
            level = RateLimitLevel.ONE,
            scopes = {GROUPS_READ, TEAMS_WRITE})
    void remove(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @PathVariable("group_id") long groupId) {
        places.remove(organizationId, groupId, teamId);
    }
}

package dev.miroscim.platform;

import static dev.miroscim.access.Scope.TEAMS_READ;
import static dev.miroscim.access.Scope.TEAMS_WRITE;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.teams.Team;
import dev.miroscim.directory.teams.Teams;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Teams. In the team model, creating one creates a SCIM group. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}/teams", produces = RestPlane.MEDIA_TYPE)
class TeamController {

    private final Teams teams;

    TeamController(Teams teams) {
        this.teams = teams;
    }

    @JsonPropertyOrder({"id", "name", "type"})
    record TeamResource(String id, String name, String type) implements Page.Item {
        static TeamResource of(Team team) {
            return new TeamResource(Long.toString(team.id()), team.name(), "team");
        }
    }

    record NewTeam(@Nullable String name) implements RestBody {}

    record TeamChanges(@Nullable String name) implements RestBody {}

    /** @param name only teams whose name contains this text, in any case */
    @GetMapping
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_READ)
    Page<TeamResource> list(
            @PathVariable("org_id") long organizationId,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit,
            @RequestParam(defaultValue = Cursor.START) Cursor cursor,
            @RequestParam(required = false) @Nullable String name) {
        return Page.of(limit, teams.list(organizationId, name, cursor.after(), limit.value()), TeamResource::of);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_WRITE)
    TeamResource create(@PathVariable("org_id") long organizationId, @RequestBody NewTeam team) {
        return TeamResource.of(teams.create(organizationId, team.name()));
    }

    @GetMapping("/{team_id}")
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_READ)
    TeamResource get(@PathVariable("org_id") long organizationId, @PathVariable("team_id") long teamId) {
        return TeamResource.of(teams.find(organizationId, teamId));
    }

    /** Renames the team but not its security group. */
    @PatchMapping("/{team_id}")
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_WRITE)
    TeamResource update(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @RequestBody TeamChanges changes) {
        return TeamResource.of(
                changes.name() == null
                        ? teams.find(organizationId, teamId)
                        : teams.rename(organizationId, teamId, changes.name()));
    }

    @DeleteMapping("/{team_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(level = RateLimitLevel.FOUR, scopes = TEAMS_WRITE)
    void delete(@PathVariable("org_id") long organizationId, @PathVariable("team_id") long teamId) {
        teams.delete(organizationId, teamId);
    }
}

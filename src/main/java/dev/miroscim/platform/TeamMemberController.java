package dev.miroscim.platform;

import static dev.miroscim.access.Scope.TEAMS_READ;
import static dev.miroscim.access.Scope.TEAMS_WRITE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.people.OrganizationMembers;
import dev.miroscim.directory.teams.TeamMember;
import dev.miroscim.directory.teams.TeamMembers;
import dev.miroscim.directory.teams.TeamRole;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
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

/** The people in a team, including guests. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}/teams/{team_id}/members", produces = RestPlane.MEDIA_TYPE)
class TeamMemberController {

    private final TeamMembers members;
    private final OrganizationMembers people;

    TeamMemberController(TeamMembers members, OrganizationMembers people) {
        this.members = members;
        this.people = people;
    }

    /** @param createdBy who invited the person; absent if SCIM added the person */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"id", "role", "createdAt", "createdBy", "modifiedAt", "modifiedBy", "teamId", "type"})
    record TeamMemberResource(
            String id,
            String role,
            Instant createdAt,
            @Nullable String createdBy,
            Instant modifiedAt,
            @Nullable String modifiedBy,
            String teamId,
            String type)
            implements Page.Item {

        static TeamMemberResource of(TeamMember member) {
            return new TeamMemberResource(
                    Long.toString(member.membership().profileId()),
                    RestFormat.name(shown(member.role())),
                    RestFormat.time(member.joinedAt()),
                    RestFormat.id(member.createdBy()),
                    RestFormat.time(member.modifiedAt()),
                    RestFormat.id(member.modifiedBy()),
                    Long.toString(member.team().id()),
                    "team-member");
        }
    }

    record TeamMemberInvite(
            @Nullable String email, @Nullable String role) implements RestBody {}

    record TeamMemberChanges(@Nullable String role) implements RestBody {}

    @GetMapping
    @RestCall(level = RateLimitLevel.TWO, scopes = TEAMS_READ)
    Page<TeamMemberResource> list(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit,
            @RequestParam(defaultValue = Cursor.START) Cursor cursor,
            @RequestParam(required = false) @Nullable String role) {
        return Page.of(
                limit,
                members.list(
                        organizationId,
                        teamId,
                        role == null ? EnumSet.allOf(TeamRole.class) : listed(role(role)),
                        cursor.after(),
                        limit.value()),
                TeamMemberResource::of);
    }

    /** Invites somebody of the organisation, as a member by default. */
    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RestCall(level = RateLimitLevel.TWO, scopes = TEAMS_WRITE)
    TeamMemberResource invite(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @RequestBody TeamMemberInvite invite) {
        if (invite.email() == null || invite.email().isBlank()) {
            throw RestFormat.invalid("email is required");
        }
        TeamRole role = invite.role() == null ? TeamRole.MEMBER : settableRole(invite.role());
        return TeamMemberResource.of(
                members.invite(organizationId, teamId, invite.email(), role, tokenOwner(organizationId)));
    }

    @GetMapping("/{member_id}")
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_READ)
    TeamMemberResource get(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @PathVariable("member_id") long memberId) {
        return TeamMemberResource.of(members.find(organizationId, teamId, memberId));
    }

    @PatchMapping("/{member_id}")
    @RestCall(level = RateLimitLevel.TWO, scopes = TEAMS_WRITE)
    TeamMemberResource update(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @PathVariable("member_id") long memberId,
            @RequestBody TeamMemberChanges changes) {
        return TeamMemberResource.of(
                changes.role() == null
                        ? members.find(organizationId, teamId, memberId)
                        : members.changeRole(
                                organizationId,
                                teamId,
                                memberId,
                                settableRole(changes.role()),
                                tokenOwner(organizationId)));
    }

    @DeleteMapping("/{member_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(level = RateLimitLevel.ONE, scopes = TEAMS_WRITE)
    void remove(
            @PathVariable("org_id") long organizationId,
            @PathVariable("team_id") long teamId,
            @PathVariable("member_id") long memberId) {
        members.remove(organizationId, teamId, memberId);
    }

    /** Requests may still name team guests, but Miro's answers show them as people outside the team. */
    private static TeamRole shown(TeamRole role) {
        return role == TeamRole.TEAM_GUEST ? TeamRole.NON_TEAM : role;
    }

    /** The roles that match a requested role: all that are shown as it. */
    private static Set<TeamRole> listed(TeamRole role) {
        return role == TeamRole.NON_TEAM ? EnumSet.of(role, TeamRole.TEAM_GUEST) : EnumSet.of(role);
    }

    private @Nullable Long tokenOwner(long organizationId) {
        return people.oldestAdmin(organizationId).map(Membership::profileId).orElse(null);
    }

    private static TeamRole role(String name) {
        return Arrays.stream(TeamRole.values())
                .filter(role -> RestFormat.name(role).equals(name))
                .findFirst()
                .orElseThrow(() -> RestFormat.invalid("role '" + name + "' is not a role in a team"));
    }

    private static TeamRole settableRole(String name) {
        TeamRole role = role(name);
        if (role != TeamRole.MEMBER && role != TeamRole.ADMIN) {
            throw RestFormat.invalid("role '" + name + "' cannot be given; use member or admin");
        }
        return role;
    }
}

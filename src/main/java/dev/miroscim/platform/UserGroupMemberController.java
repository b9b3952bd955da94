package dev.miroscim.platform;

import static dev.miroscim.access.Scope.GROUPS_READ;
import static dev.miroscim.access.Scope.GROUPS_WRITE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.people.Membership;
import dev.miroscim.directory.usergroups.UserGroupMembers;
import dev.miroscim.directory.usergroups.UserGroupMembers.BulkChange;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
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

/** The people in a user group. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}/groups/{group_id}/members", produces = RestPlane.MEDIA_TYPE)
class UserGroupMemberController {

    private static final int MOST_CHANGES = 500;

    private final UserGroupMembers userGroupMembers;
    private final Credits credits;

    UserGroupMemberController(UserGroupMembers userGroupMembers, Credits credits) {
        this.userGroupMembers = userGroupMembers;
        this.credits = credits;
    }

    @JsonPropertyOrder({"id", "email", "type"})
    record UserGroupMemberResource(String id, String email, String type) implements Page.Item {
        static UserGroupMemberResource of(Membership member) {
            return new UserGroupMemberResource(
                    Long.toString(member.profileId()), member.profile().email(), "user-group-member");
        }
    }

    record NewUserGroupMember(@Nullable String email) implements RestBody {}

    /** Both lists name people by id or e-mail address. */
    record UserGroupMembersChanges(
            @Nullable List<@Nullable String> membersToAdd,
            @Nullable List<@Nullable String> membersToRemove) implements RestBody {}

    /**
     * The result of the additions or of the removals.
     *
     * @param affectedUsers who was added or removed; absent in a failed outcome
     * @param error why it failed
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"operation", "status", "affectedUsers", "error"})
    record Outcome(
            String operation,
            int status,
            @Nullable List<UserGroupMemberResource> affectedUsers,
            @Nullable RestError error) {}

    @GetMapping
    @RestCall(level = RateLimitLevel.ONE, scopes = GROUPS_READ)
    Page<UserGroupMemberResource> list(
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit,
            @RequestParam(defaultValue = Cursor.START) Cursor cursor) {
        return Page.of(
                limit,
                userGroupMembers.members(organizationId, groupId, cursor.after(), limit.value()),
                UserGroupMemberResource::of);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RestCall(level = RateLimitLevel.ONE, scopes = GROUPS_WRITE)
    UserGroupMemberResource add(
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @RequestBody NewUserGroupMember member) {
        if (member.email() == null || member.email().isBlank()) {
            throw RestFormat.invalid("email is required");
        }
        return UserGroupMemberResource.of(userGroupMembers.addMember(organizationId, groupId, member.email()));
    }

    /** Adds and removes many people: adds everybody who can be added, and removes all of the named people or none. */
    @PatchMapping
    @ResponseStatus(HttpStatus.MULTI_STATUS)
    @RestCall(level = RateLimitLevel.ONE, perItem = true, scopes = GROUPS_WRITE)
    List<Outcome> update(
            @AuthenticationPrincipal AccessContext caller,
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @RequestBody UserGroupMembersChanges changes,
            HttpServletResponse response) {
        List<String> adding = named("membersToAdd", changes.membersToAdd());
        List<String> removing = named("membersToRemove", changes.membersToRemove());
        int size = adding.size() + removing.size();
        if (size == 0) {
            throw RestFormat.invalid("membersToAdd or membersToRemove is required");
        }
        if (size > MOST_CHANGES) {
            MiroRule.USER_GROUP_BULK_LIMIT.noteRefusal();
            throw new ApiErrorException(ApiError.of(
                    HttpStatus.CONTENT_TOO_LARGE,
                    "A change can have at most " + MOST_CHANGES + " users; this one has " + size));
        }
        credits.take(caller, size * RateLimitLevel.ONE.credits(), response);
        BulkChange change = userGroupMembers.changeMembers(organizationId, groupId, adding, removing);
        List<Outcome> outcomes = new ArrayList<>();
        if (!adding.isEmpty()) {
            report("addMembers", change.added(), outcomes);
        }
        if (!removing.isEmpty()) {
            report("removeMembers", change.removed(), outcomes);
        }
        return outcomes;
    }

    @GetMapping("/{member_id}")
    @RestCall(level = RateLimitLevel.ONE, scopes = GROUPS_READ)
    UserGroupMemberResource get(
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @PathVariable("member_id") long memberId) {
        return UserGroupMemberResource.of(userGroupMembers.member(organizationId, groupId, memberId));
    }

    @DeleteMapping("/{member_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(level = RateLimitLevel.FOUR, scopes = GROUPS_WRITE)
    void remove(
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @PathVariable("member_id") long memberId) {
        userGroupMembers.removeMember(organizationId, groupId, memberId);
    }

    private static List<String> named(String field, @Nullable List<@Nullable String> identifiers) {
        if (identifiers == null) {
            return List.of();
        }
        if (identifiers.stream().anyMatch(Objects::isNull)) {
            throw RestFormat.invalid(field + " has the wrong type");
        }
        return identifiers;
    }

    /** Reports two outcomes if some people could be added and others could not. */
    private static void report(String operation, UserGroupMembers.Outcome outcome, List<Outcome> outcomes) {
        if (outcome.affected() != null) {
            List<UserGroupMemberResource> affected =
                    outcome.affected().stream().map(UserGroupMemberResource::of).toList();
            outcomes.add(new Outcome(operation, HttpStatus.OK.value(), affected, null));
        }
        if (outcome.refusal() != null) {
            RestError error =
                    RestError.of(ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, outcome.refusal()));
            outcomes.add(new Outcome(operation, error.status(), null, error));
        }
    }
}

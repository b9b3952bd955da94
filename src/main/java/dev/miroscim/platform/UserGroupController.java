package dev.miroscim.platform;

import static dev.miroscim.access.Scope.GROUPS_READ;
import static dev.miroscim.access.Scope.GROUPS_WRITE;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.directory.usergroups.UserGroup;
import dev.miroscim.directory.usergroups.UserGroups;
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

/** User groups. */
@RestController
@RequestMapping(path = "/v2/orgs/{org_id}/groups", produces = RestPlane.MEDIA_TYPE)
class UserGroupController {

    private final UserGroups groups;

    UserGroupController(UserGroups groups) {
        this.groups = groups;
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonPropertyOrder({"id", "name", "description", "type"})
    record UserGroupResource(
            String id, String name, @Nullable String description, String type) implements Page.Item {
        static UserGroupResource of(UserGroup group) {
            return new UserGroupResource(Long.toString(group.id()), group.name(), group.description(), "user-group");
        }
    }

    record NewUserGroup(@Nullable String name, @Nullable String description) implements RestBody {}

    record UserGroupChanges(@Nullable String name, @Nullable String description) implements RestBody {}

    @GetMapping
    @RestCall(level = RateLimitLevel.ONE, scopes = GROUPS_READ)
    Page<UserGroupResource> list(
            @PathVariable("org_id") long organizationId,
            @RequestParam(defaultValue = Limit.DEFAULT) Limit limit,
            @RequestParam(defaultValue = Cursor.START) Cursor cursor) {
        return Page.of(limit, groups.list(organizationId, cursor.after(), limit.value()), UserGroupResource::of);
    }

    @PostMapping
    @ResponseStatus(HttpStatus.CREATED)
    @RestCall(level = RateLimitLevel.ONE, scopes = GROUPS_WRITE)
    UserGroupResource create(@PathVariable("org_id") long organizationId, @RequestBody NewUserGroup group) {
        return UserGroupResource.of(groups.create(organizationId, group.name(), group.description()));
    }

    @GetMapping("/{group_id}")
    @RestCall(level = RateLimitLevel.ONE, scopes = GROUPS_READ)
    UserGroupResource get(@PathVariable("org_id") long organizationId, @PathVariable("group_id") long groupId) {
        return UserGroupResource.of(groups.find(organizationId, groupId));
    }

    @PatchMapping("/{group_id}")
    @RestCall(level = RateLimitLevel.ONE, scopes = GROUPS_WRITE)
    UserGroupResource update(
            @PathVariable("org_id") long organizationId,
            @PathVariable("group_id") long groupId,
            @RequestBody UserGroupChanges changes) {
        return UserGroupResource.of(groups.change(organizationId, groupId, changes.name(), changes.description()));
    }

    @DeleteMapping("/{group_id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @RestCall(level = RateLimitLevel.FOUR, scopes = GROUPS_WRITE)
    void delete(@PathVariable("org_id") long organizationId, @PathVariable("group_id") long groupId) {
        groups.delete(organizationId, groupId);
    }
}

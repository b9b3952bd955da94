package dev.miroscim.scim.groups;

import static dev.miroscim.scim.ScimMediaType.JSON;
import static dev.miroscim.scim.ScimMediaType.SCIM_JSON;

import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.groups.Group;
import dev.miroscim.directory.groups.SecurityGroups;
import dev.miroscim.scim.ListResponse;
import dev.miroscim.scim.Projection;
import dev.miroscim.scim.ResourceIds;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.patch.PatchRequest;
import dev.miroscim.scim.query.ListParameters;
import dev.miroscim.scim.schema.ResourceType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Groups: Miro's teams under the names of their security groups, or its user groups, depending on the organisation. */
@RestController
@RequestMapping(
        path = ResourceLocations.BASE_PATH + "/Groups",
        produces = {SCIM_JSON, JSON})
class GroupController {

    private final TeamModel teams;
    private final UserGroupModel userGroups;
    private final ResourceLocations locations;

    GroupController(TeamModel teams, UserGroupModel userGroups, ResourceLocations locations) {
        this.teams = teams;
        this.userGroups = userGroups;
        this.locations = locations;
    }

    /** Runs before the body is read, so that a request with an unsupported method gets 405 whatever its body. */
    @ModelAttribute
    void requireSupported(@AuthenticationPrincipal AccessContext access, HttpMethod method) {
        model(access).requireSupported(method);
    }

    @GetMapping
    ListResponse<Object> list(@AuthenticationPrincipal AccessContext access, HttpServletRequest request) {
        ListParameters parameters = ListParameters.of(request, ResourceType.GROUP);
        Listing<Group> page = model(access).list(access.organizationId(), parameters, locations.groups());
        return parameters.respond(
                page.total(),
                page.items().stream()
                        .map(group -> render(group, parameters.projection()))
                        .toList());
    }

    @GetMapping("/{id}")
    Object get(@AuthenticationPrincipal AccessContext access, @PathVariable String id, Projection projection) {
        Group group =
                model(access).find(access.organizationId(), ResourceIds.parse(id), projection.includes("members"));
        return render(group, projection);
    }

    @PostMapping
    ResponseEntity<Object> create(
            @AuthenticationPrincipal AccessContext access, Projection projection, @RequestBody JsonNode body) {
        Group created =
                model(access).create(access.organizationId(), NewGroup.of(body), projection.includes("members"));
        return ResponseEntity.created(URI.create(locations.groups(created.id())))
                .body(render(created, projection));
    }

    /**
     * Always refused, because neither model has PUT. The handler exists so that the answer names the rule; it does not
     * read the body.
     */
    @PutMapping("/{id}")
    void replace() {
        throw SecurityGroups.refuseToReplace();
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@AuthenticationPrincipal AccessContext access, @PathVariable String id) {
        model(access).delete(access.organizationId(), ResourceIds.parse(id));
    }

    @PatchMapping("/{id}")
    Object patch(
            @AuthenticationPrincipal AccessContext access,
            @PathVariable String id,
            Projection projection,
            @RequestBody JsonNode body) {
        long groupId = ResourceIds.parse(id);
        Group group = model(access)
                .change(
                        access.organizationId(),
                        groupId,
                        GroupPatch.changes(groupId, PatchRequest.parse(body, ResourceType.GROUP)),
                        projection.includes("members"));
        return render(group, projection);
    }

    private GroupModel model(AccessContext access) {
        return switch (access.settings().groupModel()) {
            case TEAMS -> teams;
            case USER_GROUPS -> userGroups;
        };
    }

    private Object render(Group group, Projection projection) {
        return projection.of(GroupResource.of(group, locations.groups(group.id())));
    }
}

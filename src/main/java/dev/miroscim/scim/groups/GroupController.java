package dev.miroscim.scim.groups;

import static dev.miroscim.scim.ScimMediaType.JSON;
import static dev.miroscim.scim.ScimMediaType.SCIM_JSON;

import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.Group;
import dev.miroscim.directory.Groups;
import dev.miroscim.directory.Listing;
import dev.miroscim.scim.ListResponse;
import dev.miroscim.scim.Projection;
import dev.miroscim.scim.ResourceIds;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.patch.PatchRequest;
import dev.miroscim.scim.query.ListParameters;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Groups: Miro's teams under the names of their security groups. */
@RestController
@RequestMapping(
        path = ResourceLocations.BASE_PATH + "/Groups",
        produces = {SCIM_JSON, JSON})
class GroupController {

    private final Groups groups;
    private final ResourceLocations locations;

    GroupController(Groups groups, ResourceLocations locations) {
        this.groups = groups;
        this.locations = locations;
    }

    @GetMapping
    ListResponse<Object> list(@AuthenticationPrincipal AccessContext access, HttpServletRequest request) {
        ListParameters parameters = ListParameters.of(request);
        Listing<Group> page = groups.list(access.organizationId(), GroupQuery.of(parameters, locations.groups()));
        return parameters.respond(
                page.total(),
                page.items().stream()
                        .map(group -> render(group, parameters.projection()))
                        .toList());
    }

    @GetMapping("/{id}")
    Object get(
            @AuthenticationPrincipal AccessContext access,
            @PathVariable String id,
            @RequestParam @Nullable String attributes,
            @RequestParam @Nullable String excludedAttributes) {
        Projection projection = Projection.of(attributes, excludedAttributes);
        Group group = groups.find(
                access.organizationId(), ResourceIds.parse("Group", id), projection.includes("members"));
        return render(group, projection);
    }

    @PostMapping
    void create() {
        groups.create();
    }

    @PutMapping("/{id}")
    void replace() {
        groups.replace();
    }

    @DeleteMapping("/{id}")
    void delete() {
        groups.delete();
    }

    @PatchMapping("/{id}")
    Object patch(
            @AuthenticationPrincipal AccessContext access,
            @PathVariable String id,
            @RequestParam @Nullable String attributes,
            @RequestParam @Nullable String excludedAttributes,
            @RequestBody JsonNode body) {
        Projection projection = Projection.of(attributes, excludedAttributes);
        Group group = groups.change(
                access.organizationId(),
                ResourceIds.parse("Group", id),
                GroupPatch.changes(PatchRequest.parse(body)),
                projection.includes("members"));
        return render(group, projection);
    }

    private Object render(Group group, Projection projection) {
        return projection.of(GroupResource.of(group, locations.groups(group.id())));
    }
}

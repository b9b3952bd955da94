package dev.miroscim.scim.users;

import static dev.miroscim.scim.ScimMediaType.JSON;
import static dev.miroscim.scim.ScimMediaType.SCIM_JSON;

import dev.miroscim.access.AccessContext;
import dev.miroscim.directory.Listing;
import dev.miroscim.directory.users.ChangeUser;
import dev.miroscim.directory.users.CreateUser;
import dev.miroscim.directory.users.User;
import dev.miroscim.directory.users.Users;
import dev.miroscim.scim.ListResponse;
import dev.miroscim.scim.Projection;
import dev.miroscim.scim.ResourceIds;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.patch.Operation;
import dev.miroscim.scim.patch.PatchRequest;
import dev.miroscim.scim.query.ListParameters;
import dev.miroscim.scim.schema.ResourceType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;

/** Users: the members of the organisation, active and deactivated. */
@RestController
@RequestMapping(
        path = ResourceLocations.BASE_PATH + "/Users",
        produces = {SCIM_JSON, JSON})
class UserController {

    private final Users users;
    private final CreateUser createUser;
    private final ChangeUser changeUser;
    private final ResourceLocations locations;

    UserController(Users users, CreateUser createUser, ChangeUser changeUser, ResourceLocations locations) {
        this.users = users;
        this.createUser = createUser;
        this.changeUser = changeUser;
        this.locations = locations;
    }

    @GetMapping
    ListResponse<Object> list(@AuthenticationPrincipal AccessContext access, HttpServletRequest request) {
        ListParameters parameters = ListParameters.of(request, ResourceType.USER);
        Listing<User> page =
                users.list(access.organizationId(), UserQuery.of(parameters, locations.users(), access.settings()));
        return parameters.respond(
                page.total(),
                page.items().stream()
                        .map(user -> render(access, user, parameters.projection()))
                        .toList());
    }

    @PostMapping
    ResponseEntity<Object> create(
            @AuthenticationPrincipal AccessContext access, Projection projection, @RequestBody JsonNode body) {
        User created = createUser.create(
                access.organizationId(), () -> UserEdit.creation(body), projection.includes("groups"));
        return ResponseEntity.created(URI.create(locations.users(created.id())))
                .body(render(access, created, projection));
    }

    @GetMapping("/{id}")
    Object get(@AuthenticationPrincipal AccessContext access, @PathVariable String id, Projection projection) {
        return render(
                access,
                users.find(access.organizationId(), ResourceIds.parse(id), projection.includes("groups")),
                projection);
    }

    @PutMapping("/{id}")
    Object replace(
            @AuthenticationPrincipal AccessContext access,
            @PathVariable String id,
            Projection projection,
            @RequestBody JsonNode body) {
        long userId = ResourceIds.parse(id);
        return render(
                access,
                changeUser.replace(access.organizationId(), userId, user -> UserEdit.replacement(body, user)),
                projection);
    }

    @PatchMapping("/{id}")
    Object patch(
            @AuthenticationPrincipal AccessContext access,
            @PathVariable String id,
            Projection projection,
            @RequestBody JsonNode body) {
        long userId = ResourceIds.parse(id);
        List<Operation> operations = PatchRequest.parse(body, ResourceType.USER);
        return render(
                access,
                changeUser.change(access.organizationId(), userId, user -> UserEdit.patch(operations, user)),
                projection);
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@AuthenticationPrincipal AccessContext access, @PathVariable String id) {
        users.delete(access.organizationId(), ResourceIds.parse(id));
    }

    private Object render(AccessContext access, User user, Projection projection) {
        return projection.of(UserResource.of(
                user, locations.users(user.id()), access.settings().userSchemas()));
    }
}

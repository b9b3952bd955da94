package dev.miroscim.scim.discovery;

import dev.miroscim.scim.ListResponse;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.ScimException;
import dev.miroscim.scim.schema.ResourceType;
import dev.miroscim.scim.schema.Schema;
import dev.miroscim.scim.schema.Schemas;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Describes the server; the answers are the same for every organisation. */
@RestController
@RequestMapping(ResourceLocations.BASE_PATH)
class DiscoveryController {

    private final ResourceLocations locations;

    DiscoveryController(ResourceLocations locations) {
        this.locations = locations;
    }

    /** RFC 7644, section 4: a filter is refused, because a client would take the full list for its matches. */
    @ModelAttribute
    void refuseFilter(@RequestParam(name = "filter", required = false) @Nullable String filter) {
        if (filter != null) {
            throw ScimException.forbidden("The discovery endpoints do not accept a filter: '" + filter + "'");
        }
    }

    /** Microsoft's Postman collection still uses the name of an early draft. */
    @GetMapping({"/ServiceProviderConfig", "/serviceConfiguration"})
    ServiceProviderConfig serviceProviderConfig() {
        return ServiceProviderConfig.MIRO;
    }

    @GetMapping("/ResourceTypes")
    ListResponse<ResourceTypeResource> resourceTypes() {
        return all(Arrays.stream(ResourceType.values())
                .map(ResourceTypeResource::of)
                .toList());
    }

    @GetMapping("/ResourceTypes/{name}")
    ResourceTypeResource resourceType(@PathVariable String name) {
        return ResourceType.named(name)
                .map(ResourceTypeResource::of)
                .orElseThrow(() -> ScimException.notFound("There is no resource type '" + name + "'"));
    }

    /** Entra's only discovery call: it offers administrators the attributes that it finds here. */
    @GetMapping("/Schemas")
    ListResponse<SchemaResource> schemas() {
        return all(Schemas.all().stream().map(this::resource).toList());
    }

    @GetMapping("/Schemas/{urn}")
    SchemaResource schema(@PathVariable String urn) {
        return Schemas.byUrn(urn)
                .map(this::resource)
                .orElseThrow(() -> ScimException.notFound("There is no schema '" + urn + "'"));
    }

    private SchemaResource resource(Schema schema) {
        return SchemaResource.of(schema, locations.schemas(schema.id()));
    }

    /** Includes the page, as Entra's documentation shows, although no client requests one. */
    private static <T> ListResponse<T> all(List<T> resources) {
        return ListResponse.page(resources.size(), 1, resources);
    }
}

package dev.miroscim.scim.discovery;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.scim.schema.ResourceType;
import java.util.List;

/** A resource type as Miro shows it, without {@code meta}, which RFC 7643 does not require here. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({"schemas", "id", "name", "description", "endpoint", "schema", "schemaExtensions"})
record ResourceTypeResource(
        List<String> schemas,
        String id,
        String name,
        String description,
        String endpoint,
        String schema,
        List<Extension> schemaExtensions) {

    private static final List<String> SCHEMAS = List.of("urn:ietf:params:scim:schemas:core:2.0:ResourceType");

    static ResourceTypeResource of(ResourceType type) {
        return new ResourceTypeResource(
                SCHEMAS,
                type.wireName(),
                type.wireName(),
                type.wireName(),
                type.endpoint(),
                type.schema().id(),
                type.extensions().stream()
                        .map(extension -> new Extension(extension.id(), false))
                        .toList());
    }

    @JsonPropertyOrder({"schema", "required"})
    record Extension(String schema, boolean required) {}
}

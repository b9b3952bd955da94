package dev.miroscim.scim.discovery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.miroscim.scim.Meta;
import dev.miroscim.scim.schema.AttributeDefinition;
import dev.miroscim.scim.schema.Schema;
import java.util.List;

@JsonPropertyOrder({"schemas", "id", "name", "description", "attributes", "meta"})
record SchemaResource(
        List<String> schemas,
        String id,
        String name,
        String description,
        List<AttributeDefinition> attributes,
        Meta meta) {

    private static final List<String> SCHEMAS = List.of("urn:ietf:params:scim:schemas:core:2.0:Schema");

    static SchemaResource of(Schema schema, String location) {
        return new SchemaResource(
                SCHEMAS,
                schema.id(),
                schema.name(),
                schema.description(),
                schema.attributes(),
                new Meta("Schema", location));
    }
}

package dev.miroscim.scim.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A kind of resource and its schemas. */
public enum ResourceType {
    USER("User", "/Users", Schemas.USER, List.of(Schemas.ENTERPRISE_USER)),
    GROUP("Group", "/Groups", Schemas.GROUP, List.of());

    private final String wireName;
    private final String endpoint;
    private final Schema schema;
    private final List<Schema> extensions;

    ResourceType(String wireName, String endpoint, Schema schema, List<Schema> extensions) {
        this.wireName = wireName;
        this.endpoint = endpoint;
        this.schema = schema;
        this.extensions = extensions;
    }

    /** The resource type with this SCIM name. */
    public static Optional<ResourceType> named(String name) {
        return Arrays.stream(values())
                .filter(type -> type.wireName.equals(name))
                .findFirst();
    }

    /** Its name in {@code meta.resourceType}. */
    public String wireName() {
        return wireName;
    }

    /** Its path below the base path. */
    public String endpoint() {
        return endpoint;
    }

    public Schema schema() {
        return schema;
    }

    public List<Schema> extensions() {
        return extensions;
    }

    /**
     * The attribute that a path names, in any case; empty for attributes that these resources do not have, whether
     * misspelt or not supported by Miro.
     *
     * @param urn the schema at the start of the path; null for the core schema
     * @param subAttribute null for the attribute itself
     */
    public Optional<AttributeDefinition> find(@Nullable String urn, String name, @Nullable String subAttribute) {
        Optional<AttributeDefinition> attribute = urn == null || urn.equalsIgnoreCase(schema.id())
                ? schema.attribute(name).or(() -> AttributeDefinition.named(name, Schemas.COMMON))
                : extension(urn).flatMap(extension -> extension.attribute(name));
        return subAttribute == null ? attribute : attribute.flatMap(parent -> parent.subAttribute(subAttribute));
    }

    /** The extension with this URN, in any case. */
    Optional<Schema> extension(String urn) {
        return extensions.stream()
                .filter(extension -> extension.id().equalsIgnoreCase(urn))
                .findFirst();
    }
}

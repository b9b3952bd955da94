package dev.miroscim.scim.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A set of attributes under one URN.
 *
 * @param id the URN
 */
public record Schema(String id, String name, String description, List<AttributeDefinition> attributes) {

    static Schema of(String id, String name, String description, AttributeBuilder... attributes) {
        return new Schema(
                id,
                name,
                description,
                Arrays.stream(attributes).map(AttributeBuilder::build).toList());
    }

    /** The attribute of this name, in any case. */
    public Optional<AttributeDefinition> attribute(String name) {
        return AttributeDefinition.named(name, attributes);
    }
}

package dev.miroscim.scim.schema;

import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.scim.schema.AttributeDefinition.Mutability;
import dev.miroscim.scim.schema.AttributeDefinition.Returned;
import dev.miroscim.scim.schema.AttributeDefinition.Type;
import dev.miroscim.scim.schema.AttributeDefinition.Uniqueness;
import java.util.List;

/**
 * Builds attribute definitions from the defaults: single-valued, optional, writable, not unique, not case-sensitive.
 */
final class AttributeBuilder {

    private final String name;
    private final Type type;
    private final String description;
    private final List<AttributeBuilder> subAttributes;
    private boolean multiValued;
    private boolean required;
    private boolean caseExact;
    private List<String> canonicalValues = List.of();
    private List<String> referenceTypes = List.of();
    private Mutability mutability = Mutability.READ_WRITE;
    private Returned returned = Returned.DEFAULT;
    private Uniqueness uniqueness = Uniqueness.NONE;

    private AttributeBuilder(String name, Type type, String description, List<AttributeBuilder> subAttributes) {
        this.name = name;
        this.type = type;
        this.description = description;
        this.subAttributes = subAttributes;
    }

    static AttributeBuilder string(String name, String description) {
        return new AttributeBuilder(name, Type.STRING, description, List.of());
    }

    static AttributeBuilder string(UserAttribute attribute) {
        return string(attribute.simpleName(), attribute.description());
    }

    static AttributeBuilder bool(String name, String description) {
        return new AttributeBuilder(name, Type.BOOLEAN, description, List.of());
    }

    /** The address of a resource outside this server. */
    static AttributeBuilder link(UserAttribute attribute) {
        AttributeBuilder link =
                new AttributeBuilder(attribute.simpleName(), Type.REFERENCE, attribute.description(), List.of());
        link.referenceTypes = List.of("external");
        link.caseExact = true;
        return link;
    }

    static AttributeBuilder complex(String name, String description, AttributeBuilder... subAttributes) {
        return new AttributeBuilder(name, Type.COMPLEX, description, List.of(subAttributes));
    }

    AttributeBuilder multiValued() {
        multiValued = true;
        return this;
    }

    AttributeBuilder required() {
        required = true;
        return this;
    }

    AttributeBuilder unique() {
        uniqueness = Uniqueness.SERVER;
        return this;
    }

    AttributeBuilder caseExact() {
        caseExact = true;
        return this;
    }

    AttributeBuilder always() {
        returned = Returned.ALWAYS;
        return this;
    }

    AttributeBuilder oneOf(List<String> values) {
        canonicalValues = values;
        return this;
    }

    AttributeBuilder oneOf(String... values) {
        return oneOf(List.of(values));
    }

    AttributeBuilder immutable() {
        mutability = Mutability.IMMUTABLE;
        return this;
    }

    /** Makes the attribute and its sub-attributes read-only. */
    AttributeBuilder readOnly() {
        mutability = Mutability.READ_ONLY;
        subAttributes.forEach(AttributeBuilder::readOnly);
        return this;
    }

    AttributeDefinition build() {
        return new AttributeDefinition(
                name,
                type,
                multiValued,
                description,
                required,
                canonicalValues,
                caseExact,
                mutability,
                returned,
                uniqueness,
                referenceTypes,
                subAttributes.stream().map(AttributeBuilder::build).toList());
    }
}

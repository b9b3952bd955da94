package dev.miroscim.scim.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;
import java.util.Optional;

/**
 * The definition of an attribute, in the format of {@code /Schemas}. Empty lists are left out, because Entra accepts no
 * null in a schema.
 *
 * @param canonicalValues the expected values; Entra creates a target attribute for each value of a {@code type}, such
 *     as {@code emails[type eq "work"].value}
 * @param subAttributes those of a complex attribute, otherwise empty
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
@JsonPropertyOrder({
    "name",
    "type",
    "multiValued",
    "description",
    "required",
    "canonicalValues",
    "caseExact",
    "mutability",
    "returned",
    "uniqueness",
    "referenceTypes",
    "subAttributes"
})
public record AttributeDefinition(
        String name,
        Type type,
        boolean multiValued,
        String description,
        boolean required,
        List<String> canonicalValues,
        boolean caseExact,
        Mutability mutability,
        Returned returned,
        Uniqueness uniqueness,
        List<String> referenceTypes,
        List<AttributeDefinition> subAttributes) {

    /** The data types that Miro's attributes use. */
    public enum Type {
        @JsonProperty("string")
        STRING,

        @JsonProperty("boolean")
        BOOLEAN,

        @JsonProperty("reference")
        REFERENCE,

        @JsonProperty("complex")
        COMPLEX
    }

    /** Who may write an attribute. */
    public enum Mutability {
        /** What a client sends for it is ignored. */
        @JsonProperty("readOnly")
        READ_ONLY,

        @JsonProperty("readWrite")
        READ_WRITE,

        /** Given once, with the value that it is part of. */
        @JsonProperty("immutable")
        IMMUTABLE
    }

    /** When answers contain an attribute. */
    public enum Returned {
        /** Even where {@code attributes} or {@code excludedAttributes} say otherwise. */
        @JsonProperty("always")
        ALWAYS,

        @JsonProperty("default")
        DEFAULT
    }

    /** Whether two resources can have the same value. */
    public enum Uniqueness {
        @JsonProperty("none")
        NONE,

        @JsonProperty("server")
        SERVER
    }

    public AttributeDefinition {
        canonicalValues = List.copyOf(canonicalValues);
        referenceTypes = List.copyOf(referenceTypes);
        subAttributes = List.copyOf(subAttributes);
    }

    /** The sub-attribute of this name, in any case. */
    public Optional<AttributeDefinition> subAttribute(String name) {
        return named(name, subAttributes);
    }

    static Optional<AttributeDefinition> named(String name, List<AttributeDefinition> attributes) {
        return attributes.stream()
                .filter(attribute -> attribute.name.equalsIgnoreCase(name))
                .findFirst();
    }
}

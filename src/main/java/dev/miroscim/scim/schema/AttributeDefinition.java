package dev.miroscim.scim.schema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.annotation.JsonValue;
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
        STRING("string"),
        BOOLEAN("boolean"),
        REFERENCE("reference"),
        COMPLEX("complex");

        private final String wireName;

        Type(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        String wireName() {
            return wireName;
        }
    }

    /** Who may write an attribute. */
    public enum Mutability {
        /** Miro ignores what a client sends for it. */
        READ_ONLY("readOnly"),
        READ_WRITE("readWrite"),
        /** Set once, together with the value that contains it. */
        IMMUTABLE("immutable");

        private final String wireName;

        Mutability(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        String wireName() {
            return wireName;
        }
    }

    /** When answers contain an attribute. */
    public enum Returned {
        /** Whatever {@code attributes} and {@code excludedAttributes} say. */
        ALWAYS("always"),
        DEFAULT("default");

        private final String wireName;

        Returned(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        String wireName() {
            return wireName;
        }
    }

    /** Whether two resources can have the same value. */
    public enum Uniqueness {
        NONE("none"),
        SERVER("server");

        private final String wireName;

        Uniqueness(String wireName) {
            this.wireName = wireName;
        }

        @JsonValue
        String wireName() {
            return wireName;
        }
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

package dev.miroscim.scim.patch;

import tools.jackson.databind.JsonNode;

/**
 * One operation of a PATCH on one attribute.
 *
 * @param value the value to add, set or remove; a missing node if a removal has no value
 */
public record Operation(Kind kind, Target target, JsonNode value) {

    public enum Kind {
        ADD,
        REPLACE,
        REMOVE
    }
}

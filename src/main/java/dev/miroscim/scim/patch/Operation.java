package dev.miroscim.scim.patch;

import tools.jackson.databind.JsonNode;

/**
 * One step of a PATCH, on one attribute.
 *
 * @param value what to add or set, or of what to remove; a missing node if a removal names none
 */
public record Operation(Kind kind, Target target, JsonNode value) {

    public enum Kind {
        ADD,
        REPLACE,
        REMOVE
    }
}

package dev.miroscim.scim.filter;

import dev.miroscim.scim.schema.ResourceType;
import dev.miroscim.scim.schema.Schemas;
import java.util.Arrays;
import java.util.Optional;

/**
 * The schemas whose URN is recognised at the start of an attribute name. Only for known URNs is it clear where the URN
 * ends and the attribute, if any, begins.
 */
enum SchemaUrn {
    USER(Schemas.USER.id(), true, ResourceType.USER),
    GROUP(Schemas.GROUP.id(), true, ResourceType.GROUP),
    ENTERPRISE_USER(Schemas.ENTERPRISE_USER.id(), false, ResourceType.USER),
    /** A misspelling in Microsoft's documentation of Entra's requests, which others have copied. */
    MISSPELT_ENTERPRISE_USER("urn:ietf:params:scim:schemas:extension:enterprise:2.0User", false, ResourceType.USER);

    private final String spelling;
    private final boolean core;
    private final ResourceType resource;

    SchemaUrn(String spelling, boolean core, ResourceType resource) {
        this.spelling = spelling;
        this.core = core;
        this.resource = resource;
    }

    /** The schema whose URN is {@code word} or precedes the attribute in it. */
    static Optional<SchemaUrn> startOf(String word) {
        return Arrays.stream(values()).filter(schema -> schema.starts(word)).findFirst();
    }

    private boolean starts(String word) {
        int end = spelling.length();
        return word.regionMatches(true, 0, spelling, 0, end)
                && (word.length() == end || word.charAt(end) == ':' || word.charAt(end) == '.');
    }

    /** The length of the URN in the word. */
    int length() {
        return spelling.length();
    }

    /** The correct URN. */
    String urn() {
        return this == MISSPELT_ENTERPRISE_USER ? ENTERPRISE_USER.spelling : spelling;
    }

    /** Whether resources of this kind have the schema's attributes. */
    boolean describes(ResourceType other) {
        return resource == other;
    }

    /** Whether its attributes can be named without a URN. */
    boolean isCore() {
        return core;
    }
}

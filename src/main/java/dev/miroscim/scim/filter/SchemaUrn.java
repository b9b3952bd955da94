package dev.miroscim.scim.filter;

import dev.miroscim.scim.schema.ResourceType;
import dev.miroscim.scim.schema.Schemas;
import java.util.Arrays;
import java.util.Optional;

/**
 * The schemas whose URN is recognised at the start of an attribute name. Only for these is it known where the URN ends,
 * so that an attribute may follow after a dot, or none at all.
 */
enum SchemaUrn {
    USER(Schemas.USER.id(), true, ResourceType.USER),
    GROUP(Schemas.GROUP.id(), true, ResourceType.GROUP),
    ENTERPRISE_USER(Schemas.ENTERPRISE_USER.id(), false, ResourceType.USER),
    /** As a sample in Microsoft's documentation of Entra's requests has it, from where it was copied. */
    MISSPELT_ENTERPRISE_USER("urn:ietf:params:scim:schemas:extension:enterprise:2.0User", false, ResourceType.USER);

    private final String spelling;
    private final boolean core;
    private final ResourceType resource;

    SchemaUrn(String spelling, boolean core, ResourceType resource) {
        this.spelling = spelling;
        this.core = core;
        this.resource = resource;
    }

    /** The schema that {@code word} names or whose attribute it names. */
    static Optional<SchemaUrn> startOf(String word) {
        return Arrays.stream(values()).filter(schema -> schema.starts(word)).findFirst();
    }

    private boolean starts(String word) {
        int end = spelling.length();
        return word.regionMatches(true, 0, spelling, 0, end)
                && (word.length() == end || word.charAt(end) == ':' || word.charAt(end) == '.');
    }

    /** How many characters of the word are the URN. */
    int length() {
        return spelling.length();
    }

    /** The URN as it should be. */
    String urn() {
        return this == MISSPELT_ENTERPRISE_USER ? ENTERPRISE_USER.spelling : spelling;
    }

    /** Whether resources of this kind have its attributes. */
    boolean describes(ResourceType other) {
        return resource == other;
    }

    /** Whether its attributes need no URN. */
    boolean isCore() {
        return core;
    }
}

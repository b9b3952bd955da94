package dev.miroscim.scim;

import dev.miroscim.directory.RefusedException;

/** Ids of resources: numbers that are sent as strings. */
public final class ResourceIds {

    private ResourceIds() {}

    /** The id in a path. A text that is not spelled like an id is answered as an id that no resource has. */
    public static long parse(String id) {
        if (!id.matches("[1-9][0-9]{0,17}|[1-8][0-9]{18}")) {
            String shown = id.length() > 60 ? id.substring(0, 60) + "…" : id;
            throw ScimException.notFound(RefusedException.NO_RESOURCE.formatted(shown));
        }
        return Long.parseLong(id);
    }
}

package dev.miroscim.scim;

/** The ids of resources: numbers, which travel as strings. */
public final class ResourceIds {

    private ResourceIds() {}

    /** The id in a path. What is not spelled like an id is the id of nothing. */
    public static long parse(String resourceType, String id) {
        if (!id.matches("[1-9][0-9]{0,17}|[1-8][0-9]{18}")) {
            String shown = id.length() > 60 ? id.substring(0, 60) + "…" : id;
            throw ScimException.notFound(resourceType + " " + shown + " was not found");
        }
        return Long.parseLong(id);
    }
}

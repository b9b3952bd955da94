package dev.miroscim.scim;

/** The media types of requests and answers, the default first. */
public final class ScimMediaType {

    public static final String SCIM_JSON = "application/scim+json";

    /** For clients that request it, such as Miro's own curl examples and OneLogin. */
    public static final String JSON = "application/json";

    private ScimMediaType() {}
}

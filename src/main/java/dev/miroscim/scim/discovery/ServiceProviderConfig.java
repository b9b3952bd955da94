package dev.miroscim.scim.discovery;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** The SCIM features that the server supports. */
@JsonPropertyOrder({
    "schemas",
    "documentationUri",
    "patch",
    "bulk",
    "filter",
    "changePassword",
    "sort",
    "etag",
    "authenticationSchemes"
})
record ServiceProviderConfig(
        List<String> schemas,
        String documentationUri,
        Feature patch,
        Bulk bulk,
        Filter filter,
        Feature changePassword,
        Feature sort,
        Feature etag,
        List<AuthenticationScheme> authenticationSchemes) {

    // Miro reports 200 here but serves pages of 1000; both numbers are Miro's.
    private static final int MAX_RESULTS = 200;

    static final ServiceProviderConfig MIRO = new ServiceProviderConfig(
            List.of("urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"),
            "https://developers.miro.com/docs/scim",
            new Feature(true),
            new Bulk(false, 0, 0),
            new Filter(true, MAX_RESULTS),
            new Feature(false),
            new Feature(true),
            new Feature(false),
            List.of(new AuthenticationScheme(
                    "OAuth 2.0 Bearer Token",
                    "The SCIM token of the organization, sent as a bearer token with every request.",
                    "http://tools.ietf.org/html/rfc6750",
                    "oauthbearertoken",
                    true)));

    record Feature(boolean supported) {}

    @JsonPropertyOrder({"supported", "maxOperations", "maxPayloadSize"})
    record Bulk(boolean supported, int maxOperations, int maxPayloadSize) {}

    @JsonPropertyOrder({"supported", "maxResults"})
    record Filter(boolean supported, int maxResults) {}

    @JsonPropertyOrder({"name", "description", "specUri", "type", "primary"})
    record AuthenticationScheme(String name, String description, String specUri, String type, boolean primary) {}
}

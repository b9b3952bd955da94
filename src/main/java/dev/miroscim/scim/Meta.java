package dev.miroscim.scim;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** What Miro tells about a resource itself: no dates and no version. */
@JsonPropertyOrder({"resourceType", "location"})
public record Meta(String resourceType, String location) {}

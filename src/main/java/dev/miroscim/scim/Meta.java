package dev.miroscim.scim;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;

/** The {@code meta} of a resource, which Miro sends without dates and version. */
@JsonPropertyOrder({"resourceType", "location"})
public record Meta(String resourceType, String location) {}

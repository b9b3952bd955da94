package dev.miroscim.directory.organizations;

import java.time.Instant;

/**
 * One customer of Miro, to which one SCIM token belongs.
 *
 * @param universeId the set of organisations that share e-mail addresses with this one, as all of Miro does
 */
public record Organization(long id, long universeId, String name, OrganizationSettings settings, Instant createdAt) {}

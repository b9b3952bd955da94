package dev.miroscim.directory.snapshots;

import java.time.Instant;

/**
 * An earlier state of an organisation.
 *
 * @param name unique in the organisation
 * @param people how many people were in the organisation, guests included
 */
public record Snapshot(long id, String name, Instant createdAt, long people) {}

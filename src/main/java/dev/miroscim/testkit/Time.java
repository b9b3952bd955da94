package dev.miroscim.testkit;

import java.time.Instant;

/**
 * What the clock says.
 *
 * @param offset how far it is ahead of the system clock, as ISO 8601 writes durations
 * @param stopped whether it stands still
 */
public record Time(Instant now, String offset, boolean stopped) {}

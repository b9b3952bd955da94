package dev.miroscim.testkit;

import java.time.Instant;

/**
 * The state of the clock.
 *
 * @param offset how far it is ahead of the system clock, as an ISO 8601 duration
 * @param stopped whether it is stopped
 */
public record Time(Instant now, String offset, boolean stopped) {}

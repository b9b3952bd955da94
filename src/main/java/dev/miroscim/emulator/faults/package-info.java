/**
 * Injected faults: errors, delays and broken connections, for a number of calls or for a time.
 *
 * <p>A fault acts on calls before they reach a plane, like anything between a client and Miro. The instance that
 * injects a fault knows it immediately, every other instance within a second. The number of calls that a fault still
 * acts on is only in the database, so that all instances count together.
 */
@NullMarked
package dev.miroscim.emulator.faults;

import org.jspecify.annotations.NullMarked;

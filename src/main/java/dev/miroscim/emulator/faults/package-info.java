/**
 * Calls that go wrong because somebody asked for it: errors, delays and broken connections, for so many calls or for a
 * time.
 *
 * <p>A fault meets calls in front of the planes, as whatever stands between a client and Miro would. Which faults there
 * are is known to every instance within a second, and to the one that was told at once; how often a fault is still applied
 * is counted in the database alone, so that all instances over it count together.
 */
@NullMarked
package dev.miroscim.emulator.faults;

import org.jspecify.annotations.NullMarked;

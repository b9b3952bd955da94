/**
 * The journal of all calls on both planes.
 *
 * <p>A call is noticed by a filter, described in memory, and written by a thread of its own in batches; it neither
 * waits for the journal nor fails with it.
 */
@NullMarked
package dev.miroscim.emulator.journal;

import org.jspecify.annotations.NullMarked;

/**
 * The journal of all calls to both planes.
 *
 * <p>A filter notices a call and describes it in memory; a separate thread writes calls in batches. So a call neither
 * waits for the journal nor fails because of it.
 */
@NullMarked
package dev.miroscim.emulator.journal;

import org.jspecify.annotations.NullMarked;

/** Snapshots of organisations, and what has changed since. */
@NullMarked
package dev.miroscim.emulator.snapshots;

import org.jspecify.annotations.NullMarked;

/** Earlier states of organisations: to restore them, and to see what has changed since. */
@NamedInterface("snapshots")
@NullMarked
package dev.miroscim.directory.snapshots;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

/** The audit log: what a transaction changes, written with it, and read as Miro's REST API shows it. */
@NamedInterface("audit")
@NullMarked
package dev.miroscim.directory.audit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

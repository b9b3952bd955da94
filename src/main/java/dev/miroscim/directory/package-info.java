/**
 * The people, teams and licences of organisations, and every rule that Miro applies to them.
 *
 * <p>Knows nothing of HTTP or SCIM. What a caller asks for comes in as {@link dev.miroscim.directory.people.UserChanges} and
 * {@link dev.miroscim.directory.groups.GroupChange}; what is refused leaves as
 * {@link dev.miroscim.directory.RefusedException}; what is ignored, altered or added is told through
 * {@link dev.miroscim.directory.Notes}. What is changed is written down by {@link dev.miroscim.directory.audit.AuditTrail} in
 * the same transaction, and read from {@link dev.miroscim.directory.audit.AuditLog}.
 *
 * <p>{@link dev.miroscim.directory.LockOrder} says in which order a change locks rows,
 * {@link dev.miroscim.directory.DirectoryChange} how it is retried.
 */
@ApplicationModule(
        displayName = "Directory",
        allowedDependencies = {"database"})
@NullMarked
package dev.miroscim.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

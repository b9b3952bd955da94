/**
 * The people, teams and licences of organisations, and every rule that Miro applies to them.
 *
 * <p>Knows nothing of HTTP or SCIM. What a caller asks for comes in as {@link dev.miroscim.directory.people.UserChanges} and
 * {@link dev.miroscim.directory.groups.GroupChange}; what is refused leaves as
 * {@link dev.miroscim.directory.RefusedException}; what is ignored, altered or added is told through
 * {@link dev.miroscim.directory.Notes}. What is changed is written down by {@link dev.miroscim.directory.audit.AuditTrail} in
 * the same transaction, and read from {@link dev.miroscim.directory.audit.AuditLog}.
 *
 * <p><b>Locks.</b> A change takes row locks in one order, so that two instances over one database neither lose an
 * update nor deadlock: first teams by ascending id, then user groups, then memberships by ascending id, each together
 * with its profile, last the organisation. The organisation's row is taken only where a rule looks at more than one
 * member (seats, last admins, heirs of boards); whoever holds it waits for nothing else. What empties an organisation
 * holds all of it in this order, one such change after the other by an advisory lock. A change is retried as a whole,
 * outside its transaction.
 */
@ApplicationModule(
        displayName = "Directory",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.directory;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

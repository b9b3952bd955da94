/**
 * Bearer tokens and the organisations they open.
 *
 * <p>A plane asks {@link dev.miroscim.access.PlaneSecurity} to let in only callers with a token of its kind, and finds
 * the caller's organisation in the {@link dev.miroscim.access.AccessContext}. What the calls mean, and how a plane
 * words its errors, is not known here. A path that no plane claims is closed.
 */
@ApplicationModule(
        displayName = "Access",
        allowedDependencies = {"directory", "directory::*"})
@NullMarked
package dev.miroscim.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

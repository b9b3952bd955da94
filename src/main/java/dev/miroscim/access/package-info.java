/**
 * Bearer tokens and their organisations.
 *
 * <p>A plane uses {@link dev.miroscim.access.PlaneSecurity} to accept only callers with a token of its kind, and finds
 * the caller's organisation in the {@link dev.miroscim.access.AccessContext}. This package does not know what the calls
 * mean or how a plane words its errors. A path that no plane claims is closed.
 */
@ApplicationModule(
        displayName = "Access",
        allowedDependencies = {"database", "directory", "directory::*"})
@NullMarked
package dev.miroscim.access;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * SCIM 2.0 as Miro speaks it: resources, filters, PATCH, paging, discovery and errors.
 *
 * <p>Turns requests into what the directory is asked to do, and its answers into Miro's JSON. It knows no rule of Miro
 * and no SQL beyond the queries that it asks the directory for.
 */
@ApplicationModule(
        displayName = "SCIM",
        allowedDependencies = {"directory", "directory::*", "access", "http"})
@NullMarked
package dev.miroscim.scim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

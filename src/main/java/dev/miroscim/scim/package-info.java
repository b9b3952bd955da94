/**
 * SCIM 2.0 as Miro implements it: resources, filters, PATCH, paging, discovery and errors.
 *
 * <p>Translates requests into calls of the directory, and the results into Miro's JSON. It contains no rules of Miro,
 * and no SQL except the conditions of the queries that it passes to the directory.
 */
@ApplicationModule(
        displayName = "SCIM",
        allowedDependencies = {"directory", "directory::*", "access", "http"})
@NullMarked
package dev.miroscim.scim;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

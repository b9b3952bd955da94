/**
 * The connections to the database: how long a request waits for one, and how a busy pool differs from a database that
 * is away.
 */
@ApplicationModule(
        displayName = "Database",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.database;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

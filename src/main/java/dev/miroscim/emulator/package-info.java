/**
 * What makes miro-scim a test target: the first organisation's secrets, and what it prints at start.
 */
@ApplicationModule(
        displayName = "Emulator",
        allowedDependencies = {"directory", "directory::*", "access", "http", "openapi"})
@NullMarked
package dev.miroscim.emulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

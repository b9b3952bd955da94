/**
 * What makes miro-scim a test target: the first organisation's secrets, and the message at start.
 */
@ApplicationModule(
        displayName = "Emulator",
        allowedDependencies = {"database", "directory", "directory::*", "access", "http"})
@NullMarked
package dev.miroscim.emulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * The parts that make miro-scim a test target: the embedded database, the first organisation's secrets, and the message
 * at start.
 */
@ApplicationModule(
        displayName = "Emulator",
        allowedDependencies = {"directory", "directory::*", "access", "http"})
@NullMarked
package dev.miroscim.emulator;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Miro's organisation REST API: token context, organisation, members, teams, user groups and audit log, each resource
 * in a controller that reads like its page in Miro's reference.
 */
@ApplicationModule(
        displayName = "Platform",
        allowedDependencies = {"directory", "directory::*", "access", "http"})
@NullMarked
package dev.miroscim.platform;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

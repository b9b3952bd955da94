/**
 * The OpenAPI description that this server gives of itself. What is true of every plane is said here; what only a plane
 * knows of its calls, such as who may make them and how it refuses, it says itself, in a class named for that.
 */
@ApplicationModule(
        displayName = "OpenAPI",
        allowedDependencies = {"directory", "directory::*"})
@NullMarked
package dev.miroscim.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

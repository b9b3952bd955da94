/**
 * Serves the OpenAPI description of all calls, {@code miro-scim.yaml} among the resources of this package. People write
 * that file; the tests hold every answer, parameter and status of the program against it.
 */
@ApplicationModule(
        displayName = "OpenAPI",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.openapi;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

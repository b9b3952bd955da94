/**
 * The test kit, for testing other software against miro-scim.
 *
 * <p>{@link MiroScimServer} and {@link WithMiroScim} start the server in the tests' process and need its jar and JUnit.
 * {@link MiroScimContainer} needs Testcontainers instead. The client of the control API needs Spring's
 * {@code spring-web} and Jackson, which the server's jar contains.
 */
@ApplicationModule(
        displayName = "Test kit",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.testkit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

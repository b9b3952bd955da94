/**
 * What those use who test their own software against miro-scim.
 *
 * <p>{@link MiroScimServer} and {@link WithMiroScim} start the server in the tests' process, and need its jar and
 * JUnit. {@link MiroScimContainer} needs Testcontainers in its place. The client of the control API is Spring's
 * {@code spring-web} with Jackson, which the jar of the server has.
 */
@ApplicationModule(
        displayName = "Test kit",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.testkit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

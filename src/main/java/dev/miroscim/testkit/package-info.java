/**
 * What those use who test their own software against miro-scim.
 *
 * <p>Needs nothing of the server: Spring's {@code spring-web} and Jackson are enough.
 */
@ApplicationModule(
        displayName = "Test kit",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.testkit;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

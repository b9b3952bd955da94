@ApplicationModule(
        displayName = "Start-up",
        allowedDependencies = {})
@NullMarked
package dev.miroscim.startup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

/**
 * Where the planes meet HTTP: the frame around their requests, which deviations of clients are evened out, what a body
 * may be and weigh, and what every exception means. In which words a plane tells its clients of a fault, it says
 * itself, as a {@link dev.miroscim.http.Plane}.
 */
@ApplicationModule(
        displayName = "HTTP",
        allowedDependencies = {"directory", "directory::*", "access"})
@NullMarked
package dev.miroscim.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

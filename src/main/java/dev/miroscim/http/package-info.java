/**
 * HTTP for all planes: the frame around requests, deviations of clients that are tolerated, limits of bodies, and the
 * translation of exceptions into errors. A plane gives its errors their format itself, as a
 * {@link dev.miroscim.http.Plane}.
 */
@ApplicationModule(
        displayName = "HTTP",
        allowedDependencies = {"database", "directory", "directory::*", "access"})
@NullMarked
package dev.miroscim.http;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;

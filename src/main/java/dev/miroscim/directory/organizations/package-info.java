/** Organisations, their settings, and the licences and seats they have. */
@NamedInterface("organizations")
@NullMarked
package dev.miroscim.directory.organizations;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

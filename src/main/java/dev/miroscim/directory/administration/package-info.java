/** What administrators do in Miro's own pages, and how a seed fills an organisation. */
@NamedInterface("administration")
@NullMarked
package dev.miroscim.directory.administration;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

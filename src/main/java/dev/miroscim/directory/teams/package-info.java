/** Teams, who is in them, their boards and their settings; what joining and leaving a team brings about. */
@NamedInterface("teams")
@NullMarked
package dev.miroscim.directory.teams;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

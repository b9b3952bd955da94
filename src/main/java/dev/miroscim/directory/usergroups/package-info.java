/** User groups and their members. Joining or leaving one has no consequences for teams, licences or boards. */
@NamedInterface("usergroups")
@NullMarked
package dev.miroscim.directory.usergroups;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

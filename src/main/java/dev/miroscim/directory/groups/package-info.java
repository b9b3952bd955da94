/** Groups as SCIM sees them: security groups of teams, or user groups, as the organisation has it. */
@NamedInterface("groups")
@NullMarked
package dev.miroscim.directory.groups;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

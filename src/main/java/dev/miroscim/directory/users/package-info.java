/** Users as SCIM sees them: the people of an organisation without its guests. */
@NamedInterface("users")
@NullMarked
package dev.miroscim.directory.users;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

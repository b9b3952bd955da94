/** The Users endpoint. */
@NullMarked
package dev.miroscim.scim.users;

import org.jspecify.annotations.NullMarked;

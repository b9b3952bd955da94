/** The Groups endpoint. */
@NullMarked
package dev.miroscim.scim.groups;

import org.jspecify.annotations.NullMarked;

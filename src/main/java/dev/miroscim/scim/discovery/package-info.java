/** The endpoints that tell clients what this server supports. */
@NullMarked
package dev.miroscim.scim.discovery;

import org.jspecify.annotations.NullMarked;

/** The endpoints by which a client learns what this server can do. */
@NullMarked
package dev.miroscim.scim.discovery;

import org.jspecify.annotations.NullMarked;

/** PATCH requests in the dialects of identity providers. */
@NullMarked
package dev.miroscim.scim.patch;

import org.jspecify.annotations.NullMarked;

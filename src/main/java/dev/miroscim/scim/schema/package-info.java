/** The attributes of SCIM resources, defined once for discovery, filters, PATCH and rendering. */
@NullMarked
package dev.miroscim.scim.schema;

import org.jspecify.annotations.NullMarked;

/**
 * Which attributes SCIM resources have here: the one place that discovery, filters, PATCH and rendering learn it from.
 */
@NullMarked
package dev.miroscim.scim.schema;

import org.jspecify.annotations.NullMarked;

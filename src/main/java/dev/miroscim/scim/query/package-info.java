/** List endpoints: their parameters, and filters translated into SQL. */
@NullMarked
package dev.miroscim.scim.query;

import org.jspecify.annotations.NullMarked;

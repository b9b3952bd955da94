/** What the list endpoints have in common: parameters, and filters turned into SQL. */
@NullMarked
package dev.miroscim.scim.query;

import org.jspecify.annotations.NullMarked;

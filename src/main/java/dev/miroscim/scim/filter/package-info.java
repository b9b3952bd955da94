/**
 * The parser for filters, PATCH paths and attribute names.
 *
 * <p>Accepts RFC 7644 and what identity providers send beyond it: unquoted values, Entra's
 * {@code emails[type eq "work"].value eq "x"}, a dot after a schema URN. The result for any text is a value of this
 * package or a {@link dev.miroscim.scim.filter.FilterException}. Length, depth and number of terms are limited, so that
 * a recursive walk over a filter is safe.
 */
@NullMarked
package dev.miroscim.scim.filter;

import org.jspecify.annotations.NullMarked;

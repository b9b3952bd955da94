/**
 * SCIM's language for naming attributes and choosing resources: filters, PATCH paths, attribute names.
 *
 * <p>Reads RFC 7644 and, beyond it, what identity providers really send: unquoted values, Entra's
 * {@code emails[type eq "work"].value eq "x"}, a dot after a schema URN. Whatever the text, the answer is a value of
 * this package or a {@link dev.miroscim.scim.filter.FilterException}; length, depth and number of terms are limited, so
 * that a recursive walk over a filter is safe.
 */
@NullMarked
package dev.miroscim.scim.filter;

import org.jspecify.annotations.NullMarked;

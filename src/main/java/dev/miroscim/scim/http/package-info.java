/**
 * Where SCIM meets HTTP: who is let in, of which type an answer is, and how every fault becomes a SCIM error. The
 * controllers see none of it.
 */
@NullMarked
package dev.miroscim.scim.http;

import org.jspecify.annotations.NullMarked;

/** What identity providers send, and what they need back. */
@NullMarked
package dev.miroscim.idp;

import org.jspecify.annotations.NullMarked;

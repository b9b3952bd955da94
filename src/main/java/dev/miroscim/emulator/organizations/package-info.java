/** Organisations for tests, and what an administrator does in them. */
@NullMarked
package dev.miroscim.emulator.organizations;

import org.jspecify.annotations.NullMarked;

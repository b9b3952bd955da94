/** The time that Miro's rules see, which tests can set. */
@NullMarked
package dev.miroscim.emulator.clock;

import org.jspecify.annotations.NullMarked;

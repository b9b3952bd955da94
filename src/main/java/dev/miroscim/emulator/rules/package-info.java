/** The catalogue of Miro's rules. */
@NullMarked
package dev.miroscim.emulator.rules;

import org.jspecify.annotations.NullMarked;

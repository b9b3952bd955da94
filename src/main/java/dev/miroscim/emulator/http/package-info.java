/** HTTP for the control API below {@code /emulator}: authentication, reading of bodies and parameters, and errors. */
@NullMarked
package dev.miroscim.emulator.http;

import org.jspecify.annotations.NullMarked;

/**
 * The frame around the control API below {@code /emulator}: who may call it, how it reads bodies and parameters, and
 * how it says that something is wrong.
 */
@NullMarked
package dev.miroscim.emulator.http;

import org.jspecify.annotations.NullMarked;

/**
 * Attacks on the packaged program, which runs as a process of its own with the flags of the image. {@code mvn verify
 * -Pattack} runs them all and writes {@code docs/reliability.md}.
 */
@NullMarked
package dev.miroscim.attack;

import org.jspecify.annotations.NullMarked;

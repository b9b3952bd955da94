/**
 * Seeds: YAML or JSON files of organisations, and the way from such a file into the directory.
 *
 * <p>{@link dev.miroscim.emulator.seed.SeedReader} reads and checks one, {@link dev.miroscim.emulator.seed.Seeds} makes
 * it true.
 */
@NullMarked
package dev.miroscim.emulator.seed;

import org.jspecify.annotations.NullMarked;

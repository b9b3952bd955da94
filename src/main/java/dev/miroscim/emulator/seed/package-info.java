/**
 * Seeds: YAML or JSON files of organisations.
 *
 * <p>{@link dev.miroscim.emulator.seed.SeedReader} reads and checks a seed, and
 * {@link dev.miroscim.emulator.seed.Seeds} creates its organisations.
 */
@NullMarked
package dev.miroscim.emulator.seed;

import org.jspecify.annotations.NullMarked;

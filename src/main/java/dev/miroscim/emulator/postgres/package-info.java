/** The embedded PostgreSQL, which starts unless another database is configured. */
@NullMarked
package dev.miroscim.emulator.postgres;

import org.jspecify.annotations.NullMarked;

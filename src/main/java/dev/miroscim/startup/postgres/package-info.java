/** The embedded PostgreSQL, which starts unless another database is configured. */
@NullMarked
package dev.miroscim.startup.postgres;

import org.jspecify.annotations.NullMarked;

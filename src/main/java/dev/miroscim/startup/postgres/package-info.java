/**
 * The embedded PostgreSQL, which starts unless another database is configured.
 *
 * <p>{@link dev.miroscim.startup.postgres.EmbeddedDatabase} starts one {@code PostgresServer} for each data folder of the
 * process, {@code Restarts} starts it again whenever it ends, and the pool connects to it through {@code EmbeddedDriver}.
 * A script, the watchdog, ends it if the process is killed; where that fails too, the next start does.
 */
@NullMarked
package dev.miroscim.startup.postgres;

import org.jspecify.annotations.NullMarked;

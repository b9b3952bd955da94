/** Metrics for Prometheus at {@code /metrics}. */
@NullMarked
package dev.miroscim.emulator.metrics;

import org.jspecify.annotations.NullMarked;

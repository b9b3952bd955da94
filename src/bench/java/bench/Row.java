package bench;

import org.jspecify.annotations.Nullable;

/**
 * A line of the table: what one kind of request took.
 *
 * @param limit what the limit application answered in the same rounds; null for what has no such limit
 */
record Row(
        String what, int users, Measured measured, @Nullable Measured limit) {

    /**
     * The sum of all rounds.
     *
     * @param p50 the median of the rounds, in microseconds, as is {@code p99}
     */
    record Measured(long requests, long micros, long errors, long p50, long p99, ProcessorTime time) {

        double perSecond() {
            return requests * 1e6 / micros;
        }

        double javaMicros() {
            return ProcessorTime.micros(time.javaTicks()) / requests;
        }

        double databaseMicros() {
            return ProcessorTime.micros(time.databaseTicks()) / requests;
        }

        double compiling() {
            return (double) time.compilerTicks() / Math.max(1, time.javaTicks());
        }

        double collecting() {
            return (double) time.collectorTicks() / Math.max(1, time.javaTicks());
        }
    }
}

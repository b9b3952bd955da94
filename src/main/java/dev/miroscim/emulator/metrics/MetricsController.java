package dev.miroscim.emulator.metrics;

import dev.miroscim.emulator.http.EmulatorApi;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Shows the metrics to Prometheus. */
@RestController
class MetricsController {

    /** Prometheus' text format. */
    private static final String TEXT = "text/plain;version=0.0.4;charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final DirectoryMetrics directory;
    private final ObjectProvider<MeterBinder> binders;
    private boolean bound;

    MetricsController(
            PrometheusMeterRegistry registry, DirectoryMetrics directory, ObjectProvider<MeterBinder> binders) {
        this.registry = registry;
        this.directory = directory;
        this.binders = binders;
    }

    /** Shows all metrics. */
    @GetMapping(path = EmulatorApi.METRICS_PATH, produces = TEXT)
    String metrics() {
        bind();
        return directory.with(registry::scrape);
    }

    /** Begins with the first scrape: those who never scrape should pay nothing for these metrics. */
    private synchronized void bind() {
        if (!bound) {
            binders.forEach(binder -> binder.bindTo(registry));
            bound = true;
        }
    }
}

package dev.miroscim.emulator.journal;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

@Component
class JournalMetrics implements MeterBinder {

    private final JournalQueue queue;

    JournalMetrics(JournalQueue queue) {
        this.queue = queue;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("miro.journal.waiting", queue, JournalQueue::waiting)
                .description("Calls that wait to be written into the journal")
                .register(registry);
        FunctionCounter.builder("miro.journal.dropped", queue, JournalQueue::dropped)
                .description("Calls that this instance could not record in the journal")
                .register(registry);
    }
}

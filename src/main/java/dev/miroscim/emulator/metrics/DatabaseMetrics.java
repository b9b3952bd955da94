package dev.miroscim.emulator.metrics;

import dev.miroscim.database.Database;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.springframework.stereotype.Component;

/** The database, and the queue before its pool. Spring Boot adds what Hikari measures. */
@Component
class DatabaseMetrics implements MeterBinder {

    private final Database database;

    DatabaseMetrics(Database database) {
        this.database = database;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("miro.database.up", database, asked -> asked.answers() ? 1 : 0)
                .description("Whether the database answers")
                .register(registry);
        Gauge.builder("miro.database.waiting", database, Database::waiting)
                .description("Requests that wait for others to return a connection")
                .register(registry);
    }
}

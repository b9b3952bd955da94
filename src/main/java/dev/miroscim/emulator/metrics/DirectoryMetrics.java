package dev.miroscim.emulator.metrics;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.miroscim.database.Database;
import dev.miroscim.directory.organizations.SeatCounts;
import dev.miroscim.directory.organizations.SeatCounts.Counts;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * The number of organisations, and the seats that are left. The database is asked at most once a second, however many
 * scrape; a scrape that gets no answer in time goes without these metrics.
 */
@Component
class DirectoryMetrics {

    private static final Logger log = LoggerFactory.getLogger(DirectoryMetrics.class);

    /** Each organisation is a time series for each of its licences, so that their number must be bounded. */
    private static final int MOST_ORGANIZATIONS = 100;

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Database database;
    private final MultiGauge organizations;
    private final MultiGauge seats;
    private final AsyncLoadingCache<String, Optional<Counts>> counts;

    DirectoryMetrics(Database database, SeatCounts directory, MeterRegistry registry) {
        this.database = database;
        this.organizations = MultiGauge.builder("miro.organizations")
                .description("Organisations in the database")
                .register(registry);
        this.seats = MultiGauge.builder("miro.seats.left")
                .description("Seats left of the licences that have a number of seats, in the " + MOST_ORGANIZATIONS
                        + " oldest organisations that have such licences")
                .register(registry);
        this.counts = Caffeine.newBuilder()
                .expireAfterWrite(FRESH)
                .executor(task -> Thread.ofVirtual().name("metrics").start(task))
                .buildAsync(_ -> read(directory));
    }

    private static Optional<Counts> read(SeatCounts directory) {
        try {
            return Optional.of(directory.read(MOST_ORGANIZATIONS));
        } catch (DataAccessException | TransactionException e) {
            log.debug("A scrape goes without the metrics of the directory", e);
            return Optional.empty();
        }
    }

    /**
     * Scrapes with the newest counts. Only one scrape at a time: it must not see metrics that another one is replacing.
     * The counts are read before that.
     */
    String with(Supplier<String> scrape) {
        Optional<Counts> known = counts();
        synchronized (this) {
            show(known);
            return scrape.get();
        }
    }

    private void show(Optional<Counts> known) {
        organizations.register(
                known.stream()
                        .map(counts -> Row.of(Tags.empty(), counts.organizations()))
                        .toList(),
                true);
        seats.register(
                known.stream()
                        .flatMap(counts -> counts.left().stream())
                        .map(left -> Row.of(
                                Tags.of(
                                        "organization",
                                        Long.toString(left.organizationId()),
                                        "license",
                                        left.license().wireName()),
                                left.seats()))
                        .toList(),
                true);
    }

    private Optional<Counts> counts() {
        if (!database.answers()) {
            return Optional.empty();
        }
        try {
            return counts.get("counts").get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException e) {
            log.debug("The database did not answer a scrape in time", e);
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

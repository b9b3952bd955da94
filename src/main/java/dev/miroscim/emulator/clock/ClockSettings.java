package dev.miroscim.emulator.clock;

import dev.miroscim.emulator.Latest;
import dev.miroscim.emulator.clock.SettableClock.Setting;
import jakarta.annotation.PostConstruct;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/** Synchronises the clocks of all instances on one database. */
@Component
class ClockSettings {

    private static final Logger log = LoggerFactory.getLogger(ClockSettings.class);

    private final JdbcClient database;
    private final TransactionOperations transactions;
    private final Latest<Setting> latest = new Latest<>(Setting.NONE, this::stored);

    ClockSettings(JdbcClient database, TransactionOperations transactions, SettableClock clock) {
        this.database = database;
        this.transactions = transactions;
        clock.follow(latest::value);
    }

    void set(Setting setting) {
        @Nullable
        OffsetDateTime stoppedAt =
                setting.stoppedAt() == null ? null : setting.stoppedAt().atOffset(ZoneOffset.UTC);
        transactions.executeWithoutResult(
                _ -> database.sql("update emulator_clock set stopped_at = ?, offset_micros = ?")
                        .param(stoppedAt)
                        .param(setting.offset().toNanos() / 1_000)
                        .update());
        read();
    }

    @PostConstruct
    void read() {
        latest.read();
    }

    private Setting stored() {
        return database.sql("select stopped_at, offset_micros from emulator_clock")
                .query((row, _) -> {
                    OffsetDateTime stoppedAt = row.getObject("stopped_at", OffsetDateTime.class);
                    Instant instant = stoppedAt == null ? null : stoppedAt.toInstant();
                    return new Setting(instant, Duration.ofNanos(row.getLong("offset_micros") * 1_000));
                })
                .single();
    }

    /** Picks up a setting from another instance. */
    @Scheduled(fixedDelay = 1_000, initialDelay = 1_000)
    void follow() {
        try {
            read();
        } catch (RuntimeException e) {
            log.debug("The clock was not read", e);
        }
    }
}

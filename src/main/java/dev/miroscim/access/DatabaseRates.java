package dev.miroscim.access;

import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.EstimationProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** Counts in the database, so that several instances of the program grant together what one would. */
class DatabaseRates implements RateLimits {

    /** How often, in calls, allowances of callers who stay away are forgotten. */
    private static final int CLEAN_EVERY = 1_000;

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;
    private final Clock clock;
    private final AtomicInteger calls = new AtomicInteger();

    DatabaseRates(DataSource database, Clock clock) {
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(database)
                .primaryKeyMapper(PrimaryKeyMapper.STRING)
                .table("rate_limit")
                .idColumn("caller")
                .stateColumn("state")
                .expiresAtColumn("expires_at")
                .expirationAfterWrite(
                        ExpirationAfterWriteStrategy.basedOnTimeForRefillingBucketUpToMax(Duration.ofMinutes(1)))
                .build();
        this.clock = clock;
    }

    @Override
    public boolean enforced() {
        return true;
    }

    @Override
    public Balance take(Allowance allowance, long credits) {
        if (calls.incrementAndGet() % CLEAN_EVERY == 0) {
            buckets.removeExpired(CLEAN_EVERY);
        }
        Bucket bucket = buckets.builder().build(allowance.caller(), () -> fixedWindows(allowance));
        if (credits == 0) {
            EstimationProbe probe = bucket.estimateAbilityToConsume(1);
            return balance(
                    allowance,
                    true,
                    probe.getRemainingTokens(),
                    allowance.window().toNanos());
        }
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(credits);
        return balance(allowance, probe.isConsumed(), probe.getRemainingTokens(), probe.getNanosToWaitForReset());
    }

    private Balance balance(Allowance allowance, boolean granted, long remaining, long nanosToReset) {
        Instant reset = clock.instant().plusNanos(nanosToReset);
        return new Balance(granted, allowance.limit(), remaining, reset);
    }

    /** Everything comes back at once when a window ends, as Miro describes it. */
    private static BucketConfiguration fixedWindows(Allowance allowance) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(allowance.limit())
                        .refillIntervally(allowance.limit(), allowance.window())
                        .build())
                .build();
    }
}

package dev.miroscim.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.miroscim.database.AutoCommitConnections;
import dev.miroscim.database.Database;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;

/** Counts in the database, so that all instances of the program share one limit. */
class DatabaseRates implements RateLimits {

    /** After this many calls, allowances that callers no longer use are deleted. */
    static final int CLEAN_EVERY = 1_000;

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

    /**
     * Calls that need the same allowance queue here, before they take a connection. If they queued for its row in the
     * database, they could occupy every connection of the pool.
     */
    private final Cache<Allowance, Lock> turns =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    private final Clock clock;
    private final AtomicInteger calls = new AtomicInteger();

    DatabaseRates(DataSource database, Clock clock) {
        // Bucket4j relies on auto-commit when it deletes allowances.
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(new AutoCommitConnections(database))
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
        Database.requireNoConnectionHeld();
        Lock turn = turns.get(allowance, _ -> new ReentrantLock());
        await(turn);
        try {
            ConsumptionProbe probe = buckets.builder()
                    .build(allowance.caller(), () -> fixedWindows(allowance))
                    .tryConsumeAndReturnRemaining(credits);
            return new Balance(
                    probe.isConsumed(),
                    allowance.limit(),
                    probe.getRemainingTokens(),
                    clock.instant().plusNanos(probe.getNanosToWaitForReset()));
        } catch (BucketExceptions.BucketExecutionException e) {
            // The pool's exception about a broken connection has no PostgreSQL error code.
            throw new DataAccessResourceFailureException("The allowance could not be counted", e);
        } finally {
            turn.unlock();
        }
    }

    private static void await(Lock turn) {
        try {
            if (turn.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new CannotAcquireLockException("Too many calls wait for the same allowance");
    }

    /** Restores all credits at once when a window ends, as Miro describes. */
    private static BucketConfiguration fixedWindows(Allowance allowance) {
        return BucketConfiguration.builder()
                .addLimit(Bandwidth.builder()
                        .capacity(allowance.limit())
                        .refillIntervally(allowance.limit(), allowance.window())
                        .build())
                .build();
    }
}

package dev.miroscim.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.BucketConfiguration;
import io.github.bucket4j.BucketExceptions;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.distributed.ExpirationAfterWriteStrategy;
import io.github.bucket4j.distributed.jdbc.PrimaryKeyMapper;
import io.github.bucket4j.postgresql.Bucket4jPostgreSQL;
import io.github.bucket4j.postgresql.PostgreSQLSelectForUpdateBasedProxyManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.springframework.dao.CannotAcquireLockException;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts in the database, so that several instances of the program grant together what one would. */
class DatabaseRates implements RateLimits {

    /** How often, in calls, allowances of callers who stay away are forgotten. */
    static final int CLEAN_EVERY = 1_000;

    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostgreSQLSelectForUpdateBasedProxyManager<String> buckets;

    /**
     * Who waits for the same allowance waits here, and not for its row, with a connection in hand: as many calls at
     * once as there are connections would leave none to anybody else.
     */
    private final Cache<Allowance, Lock> turns =
            Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).build();

    private final Clock clock;
    private final AtomicInteger calls = new AtomicInteger();

    DatabaseRates(DataSource database, Clock clock) {
        this.buckets = Bucket4jPostgreSQL.selectForUpdateBasedBuilder(new Committing(database))
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
            // What the pool says of a connection that broke has none of PostgreSQL's codes.
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
        throw new CannotAcquireLockException("Too many wait for the same allowance");
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

    /** Connections that commit by themselves, unlike the pool's: Bucket4j counts on it when it forgets. */
    private static final class Committing extends DelegatingDataSource {

        Committing(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            connection.setAutoCommit(true);
            return connection;
        }
    }
}

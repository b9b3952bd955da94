package dev.miroscim.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miroscim.Campaign;
import dev.miroscim.MiroScimTest;
import dev.miroscim.access.RateLimits.Allowance;
import dev.miroscim.access.RateLimits.Balance;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.jdbc.datasource.DelegatingDataSource;

@Campaign
@MiroScimTest
class DatabaseRatesTest {

    @Autowired
    private DataSource database;

    @Autowired
    private Clock clock;

    private DatabaseRates rates;

    @BeforeEach
    void make() {
        rates = new DatabaseRates(database, clock);
    }

    /** Also the first calls, which all find no row. */
    @RepeatedTest(10)
    void twoInstances_grantTogetherWhatOneWould() throws Exception {
        List<DatabaseRates> instances = List.of(rates, new DatabaseRates(database, clock));
        Allowance allowance = allowance(20, Duration.ofMinutes(10));

        List<Balance> balances = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Balance>> calls = new ArrayList<>();
            for (int call = 0; call < 64; call++) {
                DatabaseRates instance = instances.get(call % 2);
                calls.add(callers.submit(() -> instance.take(allowance, 1)));
            }
            for (Future<Balance> call : calls) {
                balances.add(call.get());
            }
        }

        assertThat(balances.stream().filter(Balance::granted).map(Balance::remaining))
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 20).boxed().toList());
        assertThat(balances.stream().filter(balance -> !balance.granted()).map(Balance::remaining))
                .hasSize(44)
                .containsOnly(0L);
    }

    @Test
    void aRefusedCall_takesNothing() {
        Allowance allowance = allowance(10, Duration.ofMinutes(10));

        assertThat(rates.take(allowance, 8).remaining()).isEqualTo(2);
        assertThat(rates.take(allowance, 3))
                .extracting(Balance::granted, Balance::remaining)
                .containsExactly(false, 2L);
        assertThat(rates.take(allowance, 2))
                .extracting(Balance::granted, Balance::remaining)
                .containsExactly(true, 0L);
    }

    @Test
    @Timeout(60)
    void everythingComesBack_whenTheWindowEnds() {
        Allowance allowance = allowance(1_000, Duration.ofMillis(200));
        rates.take(allowance, 900);

        Balance balance = rates.take(allowance, 900);
        while (!balance.granted() && !Thread.currentThread().isInterrupted()) {
            balance = rates.take(allowance, 900);
        }

        assertThat(balance.remaining()).isEqualTo(100);
    }

    /** A call that waits for a caller's row has a connection in hand, and there are sixteen. */
    @Test
    void callersWhoWaitForOneAllowance_leaveConnectionsToOthers() throws Exception {
        Allowance busy = allowance(100, Duration.ofMinutes(10));
        rates.take(busy, 1);
        List<FutureTask<Balance>> calls = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        try (Connection connection = database.getConnection()) {
            lock(connection, busy);
            for (int call = 0; call < 32; call++) {
                FutureTask<Balance> task = new FutureTask<>(() -> rates.take(busy, 1));
                calls.add(task);
                callers.add(Thread.ofPlatform().start(task));
            }
            // One reads what the database answers; if all did, some would find no connection, and end.
            while (callers.stream().allMatch(Thread::isAlive)
                    && callers.stream().filter(DatabaseRatesTest::isWaiting).count() < callers.size() - 1) {
                Thread.onSpinWait();
            }

            assertThat(rates.take(allowance(100, Duration.ofMinutes(10)), 1).granted())
                    .isTrue();
            connection.rollback();
        }
        for (FutureTask<Balance> call : calls) {
            assertThat(call.get().granted()).isTrue();
        }
        assertThat(rates.take(busy, 1).remaining()).isEqualTo(100 - 34);
    }

    @Test
    void aConnectionThatBreaks_isAFaultOfTheDatabase() {
        DatabaseRates broken = new DatabaseRates(
                new DelegatingDataSource(database) {
                    @Override
                    public Connection getConnection() throws SQLException {
                        Connection connection = super.getConnection();
                        connection.close();
                        return connection;
                    }
                },
                clock);

        assertThatThrownBy(() -> broken.take(allowance(1, Duration.ofMinutes(10)), 1))
                .isInstanceOf(DataAccessResourceFailureException.class);
    }

    @Test
    void whatHasExpired_isRemoved() throws SQLException {
        String gone = "test:" + UUID.randomUUID();
        try (Connection connection = database.getConnection();
                PreparedStatement insert =
                        connection.prepareStatement("insert into rate_limit (caller, expires_at) values (?, 1)")) {
            insert.setString(1, gone);
            insert.executeUpdate();
            connection.commit();
        }

        Allowance allowance = allowance(10 * DatabaseRates.CLEAN_EVERY, Duration.ofMinutes(10));
        for (int call = 0; call < DatabaseRates.CLEAN_EVERY; call++) {
            rates.take(allowance, 1);
        }

        assertThat(stored(gone)).isFalse();
        assertThat(stored(allowance.caller())).isTrue();
    }

    @Test
    void whatCallersAreTold_isNeverTooEarly() {
        Instant now = Instant.parse("2026-01-01T00:00:00.500Z");
        Balance balance = new Balance(false, 5, 0, Instant.parse("2026-01-01T00:00:10.250Z"));

        assertThat(balance.headers())
                .containsEntry(
                        "X-RateLimit-Reset",
                        Long.toString(Instant.parse("2026-01-01T00:00:11Z").getEpochSecond()));
        assertThat(balance.retryAfter(now)).isEqualTo("10");
        assertThat(balance.retryAfter(balance.reset())).isEqualTo("1");
        assertThat(new Balance(false, 5, 0, now.plusSeconds(30)).retryAfter(now))
                .isEqualTo("30");
    }

    private static Allowance allowance(long limit, Duration window) {
        return new Allowance("test:" + UUID.randomUUID(), limit, window);
    }

    private static void lock(Connection connection, Allowance allowance) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("select 1 from rate_limit where caller = ? for update")) {
            lock.setString(1, allowance.caller());
            assertThat(lock.executeQuery().next()).isTrue();
        }
    }

    private static boolean isWaiting(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private boolean stored(String caller) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery("select 1 from rate_limit where caller = '" + caller + "'")) {
            return found.next();
        }
    }
}

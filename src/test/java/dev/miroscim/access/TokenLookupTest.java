package dev.miroscim.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.AbstractDataSource;

class TokenLookupTest {

    /** A database that is away, as the pool tells it: not at once. */
    private static final class Away extends AbstractDataSource {

        private final AtomicInteger attempts = new AtomicInteger();
        private final CountDownLatch patience = new CountDownLatch(1);

        @Override
        public Connection getConnection() throws SQLException {
            attempts.incrementAndGet();
            try {
                patience.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            throw new SQLTransientConnectionException("away");
        }

        @Override
        public Connection getConnection(String username, String password) throws SQLException {
            return getConnection();
        }
    }

    /** One after another, the last of a hundred would learn of it after minutes. */
    @Test
    @Timeout(60)
    void allWhoWait_learnTogetherThatTheDatabaseIsAway() throws Exception {
        Away database = new Away();
        // It does not come as far as to ask for an organisation.
        TokenLookup lookup = new TokenLookup(JdbcClient.create(database), null, Duration.ofMinutes(1));
        TokenDigest token = TokenDigest.of("token");
        List<FutureTask<Object>> calls = new ArrayList<>();
        List<Thread> callers = new ArrayList<>();
        for (int call = 0; call < 8; call++) {
            FutureTask<Object> task = new FutureTask<>(() -> lookup.find(TokenKind.SCIM, token));
            calls.add(task);
            callers.add(Thread.ofPlatform().start(task));
        }
        while (callers.stream().anyMatch(TokenLookupTest::isBusy)) {
            Thread.onSpinWait();
        }

        database.patience.countDown();

        assertThat(calls)
                .allSatisfy(call ->
                        assertThatThrownBy(call::get).hasCauseInstanceOf(CannotGetJdbcConnectionException.class));
        assertThat(database.attempts).hasValue(1);
        assertThatThrownBy(() -> lookup.find(TokenKind.SCIM, token))
                .as("a fault is not remembered")
                .isInstanceOf(CannotGetJdbcConnectionException.class);
        assertThat(database.attempts).hasValue(2);
    }

    private static boolean isBusy(Thread thread) {
        return thread.getState() != Thread.State.WAITING && thread.getState() != Thread.State.BLOCKED;
    }
}

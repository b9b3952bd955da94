package dev.miroscim.database;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.util.function.SingletonSupplier;

/**
 * Hikari's pool behind a queue.
 *
 * <p>Hikari's timeout cannot tell a busy pool from a database that is away: its exception is the same. Here, no more
 * callers ask Hikari than it may have connections, so that it only ever waits for the database. All others wait in the
 * queue, much longer, as long as the database answers.
 */
final class ConnectionPool extends HikariDataSource {

    /** How long the queue may stand still before a waiting caller asks whether the database still answers. */
    private static final Duration SUSPICIOUS = Duration.ofSeconds(1);

    private final Duration longestWait;
    private final SingletonSupplier<Turns> turns = SingletonSupplier.of(() -> new Turns(getMaximumPoolSize()));
    private final DatabaseProbe probe = new DatabaseProbe(this);
    private volatile long connectedAt = System.nanoTime() - SUSPICIOUS.toNanos();

    ConnectionPool(Duration longestWait) {
        this.longestWait = longestWait;
    }

    @Override
    public Connection getConnection() throws SQLException {
        long deadline = System.nanoTime() + longestWait.toNanos();
        CompletableFuture<Void> turn = turns().ask();
        boolean connected = false;
        try {
            await(turn, deadline);
            Connection connection = connect(deadline);
            connected = true;
            return ReturnedConnection.of(connection, () -> turns().end(turn));
        } finally {
            if (!connected) {
                turns().end(turn);
            }
        }
    }

    /** Whether the database answers. Takes at most two seconds and no connection of the pool. */
    boolean answers() {
        return System.nanoTime() - connectedAt < SUSPICIOUS.toNanos() || probe.answers();
    }

    /** How many callers wait for others to return a connection. */
    int waiting() {
        return turns().waiting();
    }

    private void await(CompletableFuture<Void> turn, long deadline) throws SQLException {
        while (true) {
            try {
                long left = Math.max(0, deadline - System.nanoTime());
                turn.get(Math.min(left, SUSPICIOUS.toNanos()), TimeUnit.NANOSECONDS);
                return;
            } catch (TimeoutException e) {
                giveUpIfHopeless(deadline, e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SQLException("Interrupted while waiting for a connection", e);
            }
        }
    }

    private Connection connect(long deadline) throws SQLException {
        while (true) {
            try {
                Connection connection = super.getConnection();
                connectedAt = System.nanoTime();
                return connection;
            } catch (SQLTransientConnectionException e) {
                giveUpIfHopeless(deadline, e);
            }
        }
    }

    private void giveUpIfHopeless(long deadline, Exception cause) throws SQLException {
        if (!answers()) {
            throw new SQLTransientConnectionException("The database does not answer", cause);
        }
        if (System.nanoTime() - deadline >= 0) {
            throw new ConnectionsBusyException(cause);
        }
    }

    /** Created late, as the size of the pool is a property. */
    private Turns turns() {
        return turns.obtain();
    }

    @Override
    public void close() {
        super.close();
        probe.close();
    }
}

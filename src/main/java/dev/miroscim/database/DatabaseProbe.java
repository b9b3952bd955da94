package dev.miroscim.database;

import com.github.benmanes.caffeine.cache.AsyncLoadingCache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.util.DriverDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Asks the database whether it answers, over a connection of its own: those of the pool may all be in use. All who ask
 * within a second share one answer.
 */
final class DatabaseProbe implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration FRESH = Duration.ofSeconds(1);
    private static final int ANSWER_SECONDS = 1;

    /** PostgreSQL answers with this state when all its connections are in use. */
    private static final String TOO_MANY_CONNECTIONS = "53300";

    private final HikariConfig settings;
    private final AsyncLoadingCache<String, Boolean> answers = Caffeine.newBuilder()
            .expireAfterWrite(FRESH)
            .executor(task -> Thread.ofVirtual().name("database-probe").start(task))
            .buildAsync(_ -> ask());

    private final AtomicReference<@Nullable Connection> kept = new AtomicReference<>();
    private volatile boolean closed;

    DatabaseProbe(HikariConfig settings) {
        this.settings = settings;
    }

    boolean answers() {
        try {
            return answers.get("database").get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private boolean ask() {
        Connection known = kept.getAndSet(null);
        try {
            keep(known != null && known.isValid(ANSWER_SECONDS) ? known : connect());
            return true;
        } catch (SQLException e) {
            return TOO_MANY_CONNECTIONS.equals(e.getSQLState());
        } finally {
            if (known != null && kept.get() != known) {
                closeQuietly(known);
            }
        }
    }

    private void keep(Connection connection) {
        kept.set(connection);
        if (closed) {
            close();
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.putAll(settings.getDataSourceProperties());
        String seconds = Long.toString(PATIENCE.toSeconds());
        properties.setProperty("connectTimeout", seconds);
        properties.setProperty("loginTimeout", seconds);
        properties.setProperty("socketTimeout", seconds);
        return new DriverDataSource(
                        settings.getJdbcUrl(),
                        settings.getDriverClassName(),
                        properties,
                        settings.getUsername(),
                        settings.getPassword())
                .getConnection();
    }

    @Override
    public void close() {
        closed = true;
        Connection connection = kept.getAndSet(null);
        if (connection != null) {
            closeQuietly(connection);
        }
    }

    private static void closeQuietly(Connection connection) {
        try {
            connection.close();
        } catch (SQLException _) {
            // It is of no use any more.
        }
    }
}

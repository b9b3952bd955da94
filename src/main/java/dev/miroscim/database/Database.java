package dev.miroscim.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The state of the database and of its connections. */
@Component
public class Database {

    private final ConnectionPool pool;

    Database(DataSource connections) throws SQLException {
        this.pool = connections.unwrap(ConnectionPool.class);
    }

    /** Whether the database answers, asked at most once a second. Takes at most two seconds. */
    public boolean answers() {
        return pool.answers();
    }

    /**
     * Makes sure that the caller has no connection. To be called before waiting for what another caller of this program
     * may hold: that one may need a connection to go on, and all could be held by those who wait.
     */
    public static void requireNoConnectionHeld() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("A transaction would keep its connection while it waits");
        }
    }

    /** How many callers wait for others to return a connection. */
    public int waiting() {
        return pool.waiting();
    }
}

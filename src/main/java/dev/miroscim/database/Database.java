package dev.miroscim.database;

import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.stereotype.Component;

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

    /** How many callers wait for others to return a connection. */
    public int waiting() {
        return pool.waiting();
    }
}

package dev.miroscim.database;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Connections of the pool, whose statements commit by themselves. The driver turns that on and, when the pool gets the
 * connection back, off without asking the database.
 */
public final class AutoCommitConnections extends DelegatingDataSource {

    public AutoCommitConnections(DataSource database) {
        super(database);
    }

    @Override
    public Connection getConnection() throws SQLException {
        Connection connection = super.getConnection();
        try {
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
        return connection;
    }
}

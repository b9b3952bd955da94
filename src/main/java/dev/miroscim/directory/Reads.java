package dev.miroscim.directory;

import dev.miroscim.database.AutoCommitConnections;
import dev.miroscim.database.Database;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.PGStatement;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.stereotype.Component;

/**
 * Reads rows without a transaction: a statement alone sees one state of the database anyway, and the database is spared
 * the statements that begin and end a transaction. Cannot be called within a transaction, whose changes it would miss.
 */
@Component
public class Reads {

    private final JdbcTemplate database;

    Reads(DataSource database) {
        this.database = new JdbcTemplate(new AutoCommitConnections(database));
    }

    public <T> List<T> list(Sql select, RowMapper<T> mapper) {
        Database.requireNoConnectionHeld();
        return database.query(select.text(), parameters(select), mapper);
    }

    private static PreparedStatementSetter parameters(Sql sql) {
        return statement -> {
            if (sql.selective()) {
                // PostgreSQL plans anew what the driver does not prepare on the server.
                statement.unwrap(PGStatement.class).setPrepareThreshold(0);
            }
            int index = 1;
            for (Object value : sql.parameters()) {
                statement.setObject(index, value);
                index++;
            }
        };
    }
}

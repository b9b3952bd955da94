package dev.miroscim.directory;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Sets the parameters of a statement from the first to the last, for statements that are put together from parts. */
public final class StatementParameters {

    private final PreparedStatement statement;
    private int position;

    public StatementParameters(PreparedStatement statement) {
        this.statement = statement;
    }

    public StatementParameters text(@Nullable String value) throws SQLException {
        statement.setString(++position, value);
        return this;
    }

    public StatementParameters constant(Enum<?> value) throws SQLException {
        return text(value.name());
    }

    public StatementParameters number(@Nullable Long value) throws SQLException {
        if (value == null) {
            statement.setNull(++position, Types.BIGINT);
        } else {
            statement.setLong(++position, value);
        }
        return this;
    }

    public StatementParameters flag(boolean value) throws SQLException {
        statement.setBoolean(++position, value);
        return this;
    }

    public StatementParameters time(@Nullable Instant value) throws SQLException {
        if (value == null) {
            statement.setNull(++position, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
            statement.setObject(++position, value.atOffset(ZoneOffset.UTC));
        }
        return this;
    }

    public StatementParameters texts(String... values) throws SQLException {
        return array("text", values);
    }

    public StatementParameters numbers(Long... values) throws SQLException {
        return array("bigint", values);
    }

    private StatementParameters array(String type, Object[] values) throws SQLException {
        statement.setArray(++position, statement.getConnection().createArrayOf(type, values));
        return this;
    }
}

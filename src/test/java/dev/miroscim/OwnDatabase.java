package dev.miroscim;

import dev.miroscim.startup.postgres.SharedPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An empty database of a test's own, for what the others must not notice: faults, limits, several instances. */
public final class OwnDatabase {

    private final String name;

    private OwnDatabase(String name) {
        this.name = name;
    }

    /** Makes it beside the database that all tests share. */
    public static OwnDatabase create(String name) throws SQLException {
        OwnDatabase database = new OwnDatabase(name);
        database.onServer("drop database if exists " + name + " with (force)");
        database.onServer("create database " + name);
        return database;
    }

    public String url() {
        return SharedPostgres.url().replaceFirst("/[^/?]*($|\\?)", "/" + name + "$1");
    }

    public String username() {
        return SharedPostgres.username();
    }

    public String password() {
        return SharedPostgres.password();
    }

    /** Starts the program on it, once more if it is started already. */
    public ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(MiroScim.class, Statements.class, SeenRules.class)
                .run(Stream.concat(
                                Stream.of(
                                        "--server.port=0",
                                        "--spring.datasource.url=" + url(),
                                        "--spring.datasource.username=" + username(),
                                        "--spring.datasource.password=" + password()),
                                Stream.of(arguments))
                        .toArray(String[]::new));
    }

    /** A connection that commits every statement by itself. */
    public Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), username(), password());
    }

    public void execute(String sql) throws SQLException {
        try (Connection connection = connect()) {
            execute(connection, sql);
        }
    }

    public long number(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Asks the server about this database, whose name is the parameter of {@code sql}, from outside. */
    public long numberFromOutside(String sql) throws SQLException {
        try (Connection connection = outside();
                var statement = connection.prepareStatement(sql)) {
            statement.setString(1, name);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    public void drop() throws SQLException {
        onServer("drop database " + name + " with (force)");
    }

    private void onServer(String sql) throws SQLException {
        try (Connection connection = outside()) {
            execute(connection, sql);
        }
    }

    private Connection outside() throws SQLException {
        return DriverManager.getConnection(SharedPostgres.url(), username(), password());
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package dev.miroscim.startup.postgres;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.CompletionException;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGProperty;

/**
 * PostgreSQL's driver for a server whose port and password are unknown until it runs. This lets Spring create the
 * connection pool earlier, so that Hibernate, which needs the pool but not the database, can initialise in the
 * meantime.
 */
public final class EmbeddedDriver implements Driver {

    private static final String PREFIX = "jdbc:miro-scim:";

    static {
        try {
            DriverManager.registerDriver(new EmbeddedDriver());
        } catch (SQLException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Driver driver = new org.postgresql.Driver();

    static String url(Path dataDir) {
        return PREFIX + dataDir;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith(PREFIX);
    }

    /** Waits until the server runs. */
    @Override
    public @Nullable Connection connect(String url, Properties properties) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        try {
            PostgresServer server = EmbeddedDatabase.server(Path.of(url.substring(PREFIX.length())));
            Properties all = new Properties();
            all.putAll(properties);
            all.setProperty("user", PostgresServer.USER);
            all.setProperty("password", server.password());
            // Another program that has taken the port of a server that ended must not get the password.
            PGProperty.REQUIRE_AUTH.set(all, "scram-sha-256");
            return driver.connect(server.jdbcUrl(), all);
        } catch (CompletionException e) {
            throw new SQLException("The embedded PostgreSQL did not start", e.getCause());
        }
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties properties) {
        return new DriverPropertyInfo[0];
    }

    @Override
    public int getMajorVersion() {
        return driver.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return driver.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return driver.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getLogger(EmbeddedDriver.class.getPackageName());
    }
}

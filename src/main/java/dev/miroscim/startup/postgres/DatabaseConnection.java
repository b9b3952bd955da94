package dev.miroscim.startup.postgres;

import static java.util.Objects.requireNonNull;

import dev.miroscim.startup.postgres.EmbeddedDatabase.Embedded;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Connects to the embedded database if it was started, else to the configured one. One bean covers both, because the
 * build decides which beans exist.
 */
@Configuration(proxyBeanMethods = false)
class DatabaseConnection {

    @Bean
    JdbcConnectionDetails jdbcConnectionDetails(ObjectProvider<Embedded> embedded, DataSourceProperties configured) {
        Embedded started = embedded.getIfAvailable();
        return started == null ? new ConfiguredConnection(configured) : new EmbeddedConnection(started.dataDir());
    }

    /** The driver provides user and password. */
    private record EmbeddedConnection(Path dataDir) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return EmbeddedDriver.url(dataDir);
        }

        @Override
        public String getDriverClassName() {
            return EmbeddedDriver.class.getName();
        }

        @Override
        public @Nullable String getUsername() {
            return null;
        }

        @Override
        public @Nullable String getPassword() {
            return null;
        }

        @Override
        public String toString() {
            return "embedded PostgreSQL";
        }
    }

    private record ConfiguredConnection(DataSourceProperties properties) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return requireNonNull(properties.determineUrl());
        }

        @Override
        public String getUsername() {
            return properties.determineUsername();
        }

        @Override
        public String getPassword() {
            return properties.determinePassword();
        }

        @Override
        public String toString() {
            return "configured database";
        }
    }
}

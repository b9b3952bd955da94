package dev.miroscim.database;

import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class DatabaseConfiguration {

    /** @param longestWait how long a request waits for a connection while the database answers */
    @Bean
    @ConfigurationProperties("spring.datasource.hikari")
    ConnectionPool dataSource(
            JdbcConnectionDetails details, @Value("${miro.connection-wait:30s}") Duration longestWait) {
        ConnectionPool pool = new ConnectionPool(longestWait);
        pool.setJdbcUrl(details.getJdbcUrl());
        pool.setDriverClassName(details.getDriverClassName());
        pool.setUsername(details.getUsername());
        pool.setPassword(details.getPassword());
        return pool;
    }
}

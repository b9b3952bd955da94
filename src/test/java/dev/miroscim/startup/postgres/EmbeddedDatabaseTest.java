package dev.miroscim.startup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@MiroScimTest
class EmbeddedDatabaseTest {

    @Autowired
    JdbcClient jdbc;

    @Test
    void isWhereTheProgramHasItsTables() {
        assertThat(jdbc.sql("select current_user").query(String.class).single()).isEqualTo(PostgresServer.USER);
        assertThat(jdbc.sql("select to_regclass('organization') is not null")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }
}

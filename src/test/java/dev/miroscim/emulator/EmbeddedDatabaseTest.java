package dev.miroscim.emulator;

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
    void lettersBeyondAsciiHaveCase() {
        assertThat(jdbc.sql("select lower('ÉÄЖΩ')").query(String.class).single())
                .isEqualTo("éäжω");
    }
}

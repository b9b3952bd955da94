package dev.miroscim.startup.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Configuration;

class OtherDatabaseTest {

    @Configuration
    static class Nothing {}

    @ParameterizedTest
    @CsvSource({"jdbc:postgresql://db.example.com/miro, 0", "'', 1"})
    void isUsedInsteadOfOneOfOurs(String url, int embedded) {
        var application = new SpringApplicationBuilder(Nothing.class).web(WebApplicationType.NONE);
        try (var context = application.run("--spring.datasource.url=" + url)) {
            assertThat(context.getBeanNamesForType(EmbeddedDatabase.Embedded.class))
                    .hasSize(embedded);
        }
    }
}

package dev.miroscim.emulator;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationListener;
import org.springframework.util.StringUtils;

/**
 * Starts a PostgreSQL of its own beside Spring, unless {@code spring.datasource.url} names another one.
 *
 * <p>Whoever needs the database first waits for it; everything before that runs meanwhile.
 */
class EmbeddedDatabase implements ApplicationListener<ApplicationContextInitializedEvent> {

    /** One for all application contexts of a process, which is what lets a test run have many. */
    private static class Shared {
        static final CompletableFuture<EmbeddedPostgres> SERVER = CompletableFuture.supplyAsync(Shared::start);

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setLocaleConfig("locale-provider", "builtin")
                        .setLocaleConfig("builtin-locale", "C.UTF-8")
                        .setLocaleConfig("locale", "C")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void onApplicationEvent(ApplicationContextInitializedEvent event) {
        var context = event.getApplicationContext();
        if (!StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"))) {
            var server = Shared.SERVER;
            context.getBeanFactory().registerSingleton("embeddedDatabase", new Connection(server));
        }
    }

    private record Connection(CompletableFuture<EmbeddedPostgres> server) implements JdbcConnectionDetails {
        @Override
        public String getJdbcUrl() {
            return "jdbc:postgresql://127.0.0.1:" + server.join().getPort() + "/postgres";
        }

        @Override
        public String getUsername() {
            return "postgres";
        }

        @Override
        public String getPassword() {
            return "";
        }
    }
}

package dev.miroscim.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.OwnDatabase;
import dev.miroscim.RawHttp;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.testkit.NewOrganization;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.context.ConfigurableApplicationContext;

/** Requests wait for a busy database, and are refused where it is away. */
@MiroScimTest
@Execution(ExecutionMode.SAME_THREAD)
class ConnectionPoolTest {

    private static final int REQUESTS = 50;

    private static OwnDatabase database;
    private static Forwarder forwarder;
    private static ConfigurableApplicationContext program;
    private static Control control;
    private static ScimClient scim;

    @BeforeAll
    static void start() throws SQLException, IOException {
        database = OwnDatabase.create("connection_pool");
        URI url = URI.create(database.url().substring("jdbc:".length()));
        forwarder = new Forwarder(url.getPort());
        program = database.start(
                "--spring.datasource.hikari.jdbc-url="
                        + database.url().replaceFirst(":" + url.getPort() + "/", ":" + forwarder.port() + "/"),
                "--spring.datasource.hikari.maximum-pool-size=2",
                // Waiting for others must take longer than Hikari waits for the database.
                "--spring.datasource.hikari.connection-timeout=250",
                "--spring.datasource.hikari.validation-timeout=250");
        control = Control.of(program);
        scim = control.scim(control.admin().createOrganization(NewOrganization.named("Acme")));
    }

    @AfterAll
    static void stop() throws SQLException, IOException {
        program.close();
        forwarder.close();
        database.drop();
    }

    @Test
    void burst_waitsForABusyPool() throws Exception {
        Database connections = program.getBean(Database.class);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> answers;
            try (Connection _ = connection();
                    Connection _ = connection()) {
                answers = IntStream.range(0, REQUESTS)
                        .mapToObj(_ -> clients.submit(() -> scim.get("/Users")))
                        .toList();
                await().during(Duration.ofSeconds(2)).until(() -> connections.waiting() > 0);

                assertThat(answers).noneMatch(Future::isDone);
                assertThat(health("/health/ready").status()).isEqualTo(200);
            }
            for (Future<Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(connections.waiting()).isZero();
    }

    @Test
    void frozenDatabase_isReported() throws Exception {
        forwarder.freeze();
        try {
            await().until(() -> health("/health/ready").status() == 503);

            Answer answer = scim.get("/Users");
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.header("Retry-After")).isEqualTo("5");
            assertThat(answer.body().path("detail").asString()).isEqualTo("The database is not available; try again");
            assertThat(health("/health/ready").body()).isEqualTo("{\"status\":\"DOWN\"}");
            assertThat(health("/health/live").status()).isEqualTo(200);
            assertThat(health("/health").status()).isEqualTo(200);
            assertThat(scrape()).contains("miro_database_up 0.0\n").doesNotContain("\nmiro_organizations ");
        } finally {
            forwarder.thaw();
        }
        await().atMost(Duration.ofSeconds(30))
                .until(() -> health("/health/ready").status() == 200);
        await().atMost(Duration.ofSeconds(30)).until(() -> scim.get("/Users").status() == 200);
        await().untilAsserted(
                        () -> assertThat(scrape()).contains("miro_database_up 1.0\n", "\nmiro_organizations 2.0\n"));
    }

    /** A connection that broke takes no other's turn. */
    @Test
    void brokenConnections_areReplaced() throws Exception {
        for (int i = 0; i < 3; i++) {
            try (Connection one = connection();
                    Connection two = connection()) {
                for (Connection connection : List.of(one, two)) {
                    database.execute("select pg_terminate_backend(%d)"
                            .formatted(connection
                                    .unwrap(org.postgresql.PGConnection.class)
                                    .getBackendPID()));
                }
            } catch (SQLException _) {
                // They cannot be returned in order.
            }
        }
        await().until(() -> scim.get("/Users").status() == 200);
    }

    private static Connection connection() throws SQLException {
        return program.getBean(DataSource.class).getConnection();
    }

    private static RawHttp.Answer health(String path) throws IOException {
        return RawHttp.exchange(control.port(), "GET " + path + " HTTP/1.1\nHost: localhost\n\n");
    }

    private static String scrape() throws IOException {
        String admin =
                Base64.getEncoder().encodeToString(("admin:" + control.password()).getBytes(StandardCharsets.UTF_8));
        return RawHttp.exchange(
                        control.port(),
                        "GET /metrics HTTP/1.1\nHost: localhost\nAuthorization: Basic " + admin + "\n\n")
                .body();
    }
}

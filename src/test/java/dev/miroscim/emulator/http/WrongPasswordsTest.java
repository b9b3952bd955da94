package dev.miroscim.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

/** Who guesses the admin password soon has to wait, and no one else has. */
@MiroScimTest
@TestPropertySource(properties = "miro.admin-password=password-to-be-guessed")
@Execution(ExecutionMode.SAME_THREAD)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class WrongPasswordsTest {

    @Autowired
    private ApplicationContext context;

    private Control control;

    @BeforeEach
    void awaitTheEndOfPauses() {
        control = Control.of(context);
        await().until(() -> control.get("/clock").status() == 200);
    }

    @Test
    void areSlowedDown_whateverComesNext() {
        List<Control.Answer> answers = IntStream.range(0, 12)
                .mapToObj(number -> guess("wrong" + number, "192.0.2.1"))
                .toList();

        assertThat(answers).extracting(Control.Answer::status).startsWith(401, 401, 401, 401, 401, 429);
        Control.Answer last = answers.getLast();
        assertThat(last.headers().firstValueAsLong("Retry-After").orElseThrow()).isBetween(1L, 60L);
        assertThat(last.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(last.detail()).startsWith("Too many wrong passwords");
        // Even the right one: else guessing would go on as before.
        assertThat(guess(control.password(), "192.0.2.1").status()).isEqualTo(429);
        await().untilAsserted(() ->
                assertThat(guess(control.password(), "192.0.2.1").status()).isEqualTo(200));
    }

    @Test
    void slowDownNoOtherClient() {
        IntStream.range(0, 12).forEach(number -> guess("wrong", "192.0.2.2"));

        assertThat(guess("wrong", "192.0.2.2").status()).isEqualTo(429);
        assertThat(guess(control.password(), "192.0.2.3").status()).isEqualTo(200);
        assertThat(control.get("/clock").status()).isEqualTo(200);
    }

    /** The last, because all tests are one peer. */
    @Test
    @Order(Integer.MAX_VALUE)
    void areSlowedDown_whoeverTheHeaderNames() {
        List<Integer> statuses = IntStream.range(0, 60)
                .mapToObj(number -> guess("wrong", "203.0.113." + number).status())
                .toList();

        assertThat(statuses).contains(429);
        assertThat(statuses.subList(30, 60)).containsOnly(429);
    }

    @Test
    void areSlowedDown_atOnce() throws Exception {
        List<Integer> statuses = new ArrayList<>();
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Integer>> guesses = IntStream.range(0, 50)
                    .mapToObj(number -> clients.submit(
                            () -> guess("wrong" + number, "192.0.2.5").status()))
                    .toList();
            for (Future<Integer> guess : guesses) {
                statuses.add(guess.get());
            }
        }

        // A pause may end before all have come.
        assertThat(statuses).filteredOn(status -> status == 401).hasSizeBetween(1, 15);
        assertThat(statuses).filteredOn(status -> status == 429).hasSizeGreaterThan(30);
    }

    @Test
    void requestsWithoutAPasswordAreNoGuess() {
        List<Integer> statuses = IntStream.range(0, 12)
                .mapToObj(_ -> control.send(
                                "GET", "/clock", null, "Authorization", "none", "X-Forwarded-For", "192.0.2.6")
                        .status())
                .toList();

        assertThat(statuses).containsOnly(401);
    }

    private Control.Answer guess(String password, String client) {
        return control.send(
                "GET",
                "/clock",
                null,
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(("admin:" + password).getBytes(StandardCharsets.UTF_8)),
                "X-Forwarded-For",
                client);
    }
}

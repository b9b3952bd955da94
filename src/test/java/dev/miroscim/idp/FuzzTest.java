package dev.miroscim.idp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.Invariants;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.idp.Mutations.Request;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Requests of identity providers, changed at random. None may be a fault of the server, get an answer that is not SCIM,
 * or leave the directory in a state that its rules do not allow.
 *
 * <p>What is sent follows from the seed, {@code -Dmiro.fuzz.seed=…} for another one, except for ids.
 */
@Campaign
@MiroScimTest
class FuzzTest {

    private static final int REQUESTS = 1_300;

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    @Autowired
    JdbcClient database;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4})
    void requests(int part, TestReporter reporter) throws IOException {
        long seed = Long.getLong("miro.fuzz.seed", 20_260_131) + part;
        reporter.publishEntry("seed", Long.toString(seed));
        String lenient = """
                {"seats": {"Full": 8}, "unknownUserType": "ALLOW", "exhaustedLicense": "ALLOW", "frozenAttributes": "ALLOW",
                 "deactivateCompanyAdmin": "ALLOW", "createDeactivated": "ALLOW"}
                """;
        Stage stage =
                Stage.set(context, part == 4 ? "{\"groupModel\": \"USER_GROUPS\"}" : part % 2 == 0 ? "{}" : lenient);
        Invariants invariants = Invariants.of(database, stage.organization());
        Mutations mutations = new Mutations(
                seed,
                Corpus.of(
                        stage::filled,
                        Map.of(
                                "Host",
                                "localhost",
                                "Authorization",
                                "Bearer " + stage.organization().token())));
        RawHttp connection = new RawHttp(port);
        try {
            for (int i = 0; i < REQUESTS; i++) {
                Request request = mutations.next();
                try {
                    RawHttp.Answer answer = send(connection, request);
                    check(request, answer);
                    if ("close".equalsIgnoreCase(answer.header("Connection"))) {
                        connection.close();
                        connection = new RawHttp(port);
                    }
                } catch (IOException | AssertionError | RuntimeException e) {
                    throw new AssertionError("Request %d of seed %d: %s".formatted(i, seed, request), e);
                }
                if (i % 200 == 199) {
                    invariants.check();
                }
            }
        } finally {
            connection.close();
        }
        invariants.check();
        assertThat(stage.scim().get("/Users").status()).isEqualTo(200);
    }

    private static void check(Request request, RawHttp.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isBetween(200, 499);
        boolean withoutBody =
                request.method().equals("HEAD") || request.method().equals("OPTIONS");
        if (!withoutBody) {
            ScimBody.check(answer.status(), answer.header("Content-Type"), answer.body());
        }
    }

    private static RawHttp.Answer send(RawHttp connection, Request request) throws IOException {
        StringBuilder head =
                new StringBuilder(request.method() + " " + request.base() + request.path() + " HTTP/1.1\n");
        request.headers()
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append('\n'));
        if (request.body().length > 0) {
            head.append("Content-Length: ").append(request.body().length).append('\n');
        }
        connection.send(head.append('\n').toString());
        connection.send(request.body());
        return connection.receive(!request.method().equals("HEAD"));
    }
}

package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.FailingHandlers;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import dev.miroscim.testkit.Call;
import dev.miroscim.testkit.JournalQuery;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

/** One id leads from an answer to its journal entry and its log lines. */
@MiroScimTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log")
class RequestIdTest {

    private static final String GENERATED = "[0-9a-f]{32}";

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /api/v1/scim/Schemas HTTP/1.1\nHost: localhost\n",
                "GET /v2/boards HTTP/1.1\nHost: localhost\n",
                "GET /emulator/rules HTTP/1.1\nHost: localhost\n",
                "GET /health HTTP/1.1\nHost: localhost\n",
                "POST /health HTTP/1.1\nHost: localhost\nContent-Length: 0\n",
                "GET /v3/api-docs.yaml HTTP/1.1\nHost: localhost\n",
                "GET /nothing HTTP/1.1\nHost: localhost\n",
                "TRACE /nothing HTTP/1.1\nHost: localhost\n",
                "GET /nothing;a=b HTTP/1.1\nHost: localhost\n",
                "GET /nothing/%zz HTTP/1.1\nHost: localhost\n",
                "GET /api/v1/scim/%2e%2e/x HTTP/1.1\nHost: localhost\n",
                "GET /nothing HTTP/1.1\nHost: local host\n",
                "GET /nothing HTTP/7.1\nHost: localhost\n"
            })
    void everyAnswer_hasTheIdOfItsRequest_orANewOne(String request) throws IOException {
        RawHttp.Answer named = RawHttp.exchange(port, request + "X-Request-Id: of-a-test/1\n\n");
        RawHttp.Answer nameless = RawHttp.exchange(port, request + "\n");

        assertThat(named.header("X-Request-Id")).isEqualTo("of-a-test/1");
        assertThat(nameless.header("X-Request-Id")).matches(GENERATED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "caf\u00e9", "tab\there"})
    void whatIsNoId_isReplaced(String sent) throws IOException {
        assertThat(ask(sent).header("X-Request-Id")).matches(GENERATED);
    }

    @Test
    void length_isBounded() throws IOException {
        String longest = "x".repeat(128);

        assertThat(ask(longest).header("X-Request-Id")).isEqualTo(longest);
        assertThat(ask(longest + "x").header("X-Request-Id")).matches(GENERATED);
    }

    @Test
    void idsDiffer() throws IOException {
        assertThat(ask("").header("X-Request-Id")).isNotEqualTo(ask("").header("X-Request-Id"));
    }

    @Test
    void journal_hasIt_andFindsByIt() throws IOException {
        TestOrganization acme = TestOrganization.in(context).create();
        RawHttp.Answer named = users(acme, "X-Request-Id: of-acme-" + acme.id() + "\n");
        String generated = users(acme, "").header("X-Request-Id");

        JournalQuery all = JournalQuery.all().until(1);
        assertThat(Control.of(context).admin().journal(all.requestId(named.header("X-Request-Id"))))
                .singleElement()
                .extracting(Call::requestId)
                .isEqualTo("of-acme-" + acme.id());
        assertThat(Control.of(context).admin().journal(all.requestId(generated)))
                .singleElement()
                .extracting(Call::organization)
                .isEqualTo(Long.toString(acme.id()));
    }

    @Test
    void logLine_hasIt(CapturedOutput log) throws IOException {
        TestOrganization acme = TestOrganization.in(context).create();

        users(acme, FailingHandlers.HEADER + ": " + FailingHandlers.NEW_MISTAKE + "\nX-Request-Id: of-a-failure\n");

        assertThat(log).containsPattern("\\[of-a-failure\\] .*Error [0-9a-f]{8}");
    }

    @Test
    void token_isInNeitherJournalNorLog(CapturedOutput log) throws IOException {
        TestOrganization acme = TestOrganization.in(context).create();

        users(
                acme,
                FailingHandlers.HEADER + ": " + FailingHandlers.NEW_MISTAKE + "\nX-Request-Id: " + acme.token() + "\n");

        assertThat(Control.of(context)
                        .admin()
                        .journal(JournalQuery.all().requestId("[redacted]").until(1)))
                .anySatisfy(call -> assertThat(call.organization()).isEqualTo(Long.toString(acme.id())));
        assertThat(log).contains("[[redacted]]").doesNotContain(acme.token());
    }

    private RawHttp.Answer users(TestOrganization organization, String headers) throws IOException {
        return RawHttp.exchange(port, """
                GET /api/v1/scim/Users HTTP/1.1
                Host: localhost
                Authorization: Bearer %s
                %s
                """.formatted(organization.token(), headers));
    }

    private RawHttp.Answer ask(String id) throws IOException {
        return RawHttp.exchange(port, "GET /health HTTP/1.1\nHost: localhost\nX-Request-Id: " + id + "\n\n");
    }
}

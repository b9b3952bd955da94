package dev.miroscim.emulator.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.SeatCounts;
import dev.miroscim.directory.organizations.SeatCounts.Left;
import dev.miroscim.testkit.JournalQuery;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class MetricsTest {

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @Test
    void text_isPrometheus() throws IOException {
        RawHttp.Answer answer = get("Accept: application/openmetrics-text;version=1.0.0;q=0.6,"
                + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(answer.body().lines().filter(line -> !line.startsWith("#")))
                .allMatch(line -> line.matches("[a-z_0-9]+(\\{.*})? -?([0-9.E-]+|NaN|\\+Inf)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hikaricp_connections_active",
                "hikaricp_connections_max",
                "miro_database_up",
                "miro_database_waiting",
                "miro_journal_waiting",
                "miro_journal_dropped_total",
                "miro_organizations",
                "jvm_memory_used_bytes",
                "jvm_threads_live_threads",
                "jvm_gc_pause_seconds|jvm_gc_memory_allocated_bytes_total",
                "process_uptime_seconds"
            })
    void hasIt(String name) throws IOException {
        assertThat(scrape()).containsPattern("(?m)^(" + name + ")");
    }

    @Test
    void requests_areCounted_byPlaneMethodStatusAndRule() throws IOException {
        TestOrganization acme = TestOrganization.in(context).create();
        String labels = "{method=\"POST\",plane=\"scim\",rule=\"user-name-is-email\",status=\"400\"}";
        String user = "{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"x\"}";
        scrape();
        double before = value("miro_rules_total" + labels);

        acme.scim().post("/Users", user);

        assertThat(value("miro_rules_total" + labels)).isGreaterThanOrEqualTo(before + 1);
        assertThat(value("miro_requests_total{method=\"POST\",plane=\"scim\",status=\"400\"}"))
                .isPositive();
        assertThat(value("miro_request_duration_seconds_count{plane=\"scim\"}")).isPositive();
        assertThat(value("miro_request_duration_seconds_bucket{plane=\"scim\",le=\"30.0\"}"))
                .isPositive();
    }

    /** Whoever scrapes must not be flooded by what others make up. */
    @Test
    void whatClientsMakeUp_becomesNoLabel() throws IOException {
        RawHttp.exchange(port, "MADEUP /made/up HTTP/1.1\nHost: localhost\n\n");
        RawHttp.exchange(port, "GET /api/v1/scim/Madeup?made=up HTTP/1.1\nHost: localhost\n\n");

        assertThat(scrape())
                .contains("miro_requests_total{method=\"other\",plane=\"none\",status=\"404\"}")
                .doesNotContainIgnoringCase("made");
    }

    @Test
    void seats_areCounted() throws IOException {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"seats\": {\"Full\": 5, \"Full (Trial)\": 2}}")
                .member("ada@example.com", License.FULL)
                .deactivated("bob@example.com")
                .create();

        // A scrape shows the oldest organisations only, which are those of other tests.
        assertThat(context.getBean(SeatCounts.class).read(Integer.MAX_VALUE).left())
                .filteredOn(left -> left.organizationId() == acme.id())
                .containsExactlyInAnyOrder(
                        new Left(acme.id(), License.FULL, 4), new Left(acme.id(), License.FULL_TRIAL, 2));
        assertThat(value("miro_organizations")).isPositive();
        // An answer of the database is shown for a second.
        await().untilAsserted(() -> assertThat(scrape())
                .containsPattern("(?m)^miro_seats_left\\{license=\".*\",organization=\"[0-9]+\"} "));
    }

    @Test
    void needsTheAdminPassword() throws IOException {
        TestOrganization acme = TestOrganization.in(context).create();

        RawHttp.Answer without = ask("");
        RawHttp.Answer token = ask("Authorization: Bearer " + acme.token() + "\n");

        assertThat(without.status()).isEqualTo(401);
        assertThat(without.header("WWW-Authenticate")).startsWith("Basic");
        assertThat(without.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(token.status()).isEqualTo(401);
    }

    @Test
    void scrapesAtOnce_areAllAnswered() throws Exception {
        try (ExecutorService scrapers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<RawHttp.Answer>> answers =
                    scrapers.invokeAll(Collections.nCopies(200, (Callable<RawHttp.Answer>) () -> get("")));
            for (Future<RawHttp.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
    }

    @Test
    void isNotInTheJournal() throws IOException {
        scrape();

        assertThat(Control.of(context).admin().journal(JournalQuery.all().path("/metrics")))
                .isEmpty();
    }

    private double value(String series) throws IOException {
        Matcher line =
                Pattern.compile("(?m)^" + Pattern.quote(series) + " (.*)$").matcher(scrape());
        return line.find() ? Double.parseDouble(line.group(1)) : 0;
    }

    private String scrape() throws IOException {
        return get("").body();
    }

    private RawHttp.Answer get(String headers) throws IOException {
        String admin = "admin:" + Control.of(context).password();
        String basic = Base64.getEncoder().encodeToString(admin.getBytes(StandardCharsets.UTF_8));
        return ask("Authorization: Basic " + basic + "\n" + headers);
    }

    private RawHttp.Answer ask(String headers) throws IOException {
        return RawHttp.exchange(port, "GET /metrics HTTP/1.1\nHost: localhost\n" + headers + "\n");
    }
}

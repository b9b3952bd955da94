package dev.miroscim.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Control;
import dev.miroscim.EventStream;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.testkit.JournalQuery;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

@MiroScimTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log")
class JournalStreamTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    JournalStreams streams;

    private Control control;
    private Organization acme;
    private ScimClient scim;

    @BeforeEach
    void makeOrganization() {
        control = Control.of(context);
        acme = control.admin().createOrganization(NewOrganization.named("Acme"));
        scim = control.scim(acme);
    }

    @Test
    void stream_hasWhatComes_oldestFirst() throws InterruptedException {
        scim.get("/Users?count=1");
        try (EventStream stream = control.stream("/journal/stream?organization=" + acme.id())) {
            assertThat(stream.status()).isEqualTo(200);
            assertThat(stream.headers().firstValue("Content-Type")).contains("text/event-stream");
            assertThat(stream.headers().firstValue("X-Accel-Buffering")).contains("no");
            assertThat(stream.next().comment()).isEqualTo("open");

            scim.get("/Users?count=2");
            EventStream.Event second = stream.next();
            scim.get("/Users?count=3");
            scim.post("/Users", "{\"userName\": \"nobody\"}");

            assertThat(second.name()).isEqualTo("call");
            assertThat(second.body().path("query").asString()).isEqualTo("count=2");
            assertThat(second.body().path("id").asString()).isEqualTo(second.id());
            assertThat(stream.next().body().path("query").asString()).isEqualTo("count=3");
            assertThat(stream.next().body().path("notes").get(0).path("rule").asString())
                    .isEqualTo("user-name-is-email");
        }
    }

    @Test
    void stream_hasOnlyWhatIsMeant() throws InterruptedException {
        Organization other = control.admin().createOrganization(NewOrganization.named("Other"));
        try (EventStream stream =
                control.stream("/journal/stream?method=GET&status=4xx&path=/Groups&organization=" + acme.id())) {
            stream.next();

            control.scim(other).get("/Groups/1");
            scim.get("/Users/1");
            scim.get("/Groups");
            scim.get("/Groups/2");

            assertThat(stream.next().body().path("path").asString()).endsWith("/Groups/2");
        }
    }

    @Test
    void stream_goesOnAfterWhatWasRead() throws InterruptedException {
        scim.get("/Users?count=1");
        scim.get("/Users?count=2");
        String first = control.admin().journal(JournalQuery.of(acme)).getLast().id();

        try (EventStream resumed =
                control.stream("/journal/stream?organization=" + acme.id(), "Last-Event-ID", first)) {
            resumed.next();
            assertThat(resumed.next().body().path("query").asString()).isEqualTo("count=2");
        }
        try (EventStream since =
                control.stream("/journal/stream?since=2026-01-01T00:00:00Z&organization=" + acme.id())) {
            since.next();
            assertThat(since.next().id()).isEqualTo(first);
        }
    }

    @Test
    void stream_ofWhoHasGone_endsQuietly(CapturedOutput output) throws InterruptedException {
        int before = streams.count();
        try (EventStream stream = control.stream("/journal/stream?organization=" + acme.id())) {
            stream.next();
            assertThat(streams.count()).isEqualTo(before + 1);
        }

        await().until(() -> {
            scim.get("/Users");
            return streams.count() <= before;
        });

        assertThat(control.get("/clock").status()).isEqualTo(200);
        assertThat(output.getAll()).doesNotContain("ERROR", "WARN");
    }

    @Test
    void stream_ofSomethingThatCannotBeMeant() {
        assertThat(control.get("/journal/stream?status=nix").status()).isEqualTo(400);
        assertThat(control.send("GET", "/journal/stream", null, "Authorization", "Bearer " + acme.scimToken())
                        .status())
                .isEqualTo(401);
    }
}

package dev.miroscim.emulator.clock;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.testkit.MiroScimAdmin;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.NewTime;
import dev.miroscim.testkit.Organization;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

@MiroScimTest
@Isolated("sets the clock")
class ClockTest {

    private static final Instant NEW_YEAR = Instant.parse("2031-01-01T00:00:00Z");

    @Autowired
    ApplicationContext context;

    @Autowired
    Clock clock;

    @Autowired
    ClockSettings settings;

    @Autowired
    JdbcClient database;

    @Autowired
    TransactionOperations transactions;

    private Control control;
    private MiroScimAdmin admin;

    @BeforeEach
    void connect() {
        control = Control.of(context);
        admin = control.admin();
    }

    @AfterEach
    void putBack() {
        admin.resetTime();
    }

    @Test
    void now_stops() {
        assertThat(admin.setTime(NewTime.stoppedAt(NEW_YEAR)).now()).isEqualTo(NEW_YEAR);

        assertThat(clock.instant()).isEqualTo(NEW_YEAR);
        assertThat(admin.time().stopped()).isTrue();
        Organization acme = admin.createOrganization(NewOrganization.named("Acme"));
        assertThat(acme.createdAt()).isEqualTo(NEW_YEAR);
        assertThat(control.scim(acme).post("/Users", """
                                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "ada@example.com"}
                                """).status()).isEqualTo(201);
        assertThat(database.sql("select created_at = ? from membership where organization_id = ?")
                        .param(NEW_YEAR.atOffset(java.time.ZoneOffset.UTC))
                        .param(Long.valueOf(acme.id()))
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void offset_goesOn() {
        Instant before = Instant.now();

        assertThat(admin.setTime(NewTime.ahead(Duration.ofMinutes(40))).offset())
                .isEqualTo("PT40M");

        assertThat(clock.instant())
                .isAfterOrEqualTo(before.plus(Duration.ofMinutes(40)).minusMillis(1));
        admin.resetTime();
        assertThat(admin.time().offset()).isEqualTo("PT0S");
        assertThat(clock.instant()).isBefore(before.plus(Duration.ofMinutes(40)));
    }

    @Test
    void anotherInstanceSetsIt() {
        transactions.executeWithoutResult(_ -> database.sql("update emulator_clock set offset_micros = 3600000000")
                .update());

        settings.follow();

        assertThat(admin.time().offset()).isEqualTo("PT1H");
    }

    @Test
    void mistakes() {
        assertThat(control.put("/clock", "{\"now\":\"tomorrow\"}").detail())
                .isEqualTo("now: 'tomorrow' is not a time such as 2026-03-01T09:00:00Z");
        assertThat(control.put("/clock", "{\"offset\":\"1h\"}").detail())
                .isEqualTo("offset: '1h' is not a duration such as PT40M or -P1D");
        assertThat(control.put("/clock", "{}").status()).isEqualTo(400);
        assertThat(control.put("/clock", "{\"now\":\"2031-01-01T00:00:00Z\",\"offset\":\"PT1M\"}")
                        .status())
                .isEqualTo(400);
        assertThat(control.put("/clock", "{\"now\":\"+999999999-01-01T00:00:00Z\"}")
                        .status())
                .isEqualTo(400);
        assertThat(admin.time().stopped()).isFalse();
    }
}

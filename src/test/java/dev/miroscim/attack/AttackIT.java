package dev.miroscim.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Attacks the packaged program. {@code mvn verify -Pattack} runs everything, {@code -Pcampaign} a little of everything,
 * and {@code -Pattack -Dit.test='AttackIT#kills'} one attack.
 */
@Tag("attack")
@Isolated("takes all processors")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttackIT {

    private static final boolean SHORT = Boolean.getBoolean("attack.short");
    private static final int ATTACKS = 7;
    private static final List<Result> RESULTS = new ArrayList<>();

    /** Only a run of everything says what the page is for. */
    @AfterAll
    static void report() throws IOException {
        boolean whole = !SHORT && RESULTS.size() == ATTACKS;
        Report.write(whole ? Path.of("docs", "reliability.md") : Path.of("target", "reliability.md"), RESULTS);
    }

    @Test
    @Order(1)
    void kills() throws IOException {
        check(SHORT ? new Kills().runShort() : new Kills().run(Integer.getInteger("kills", 12)));
    }

    @Test
    @Order(2)
    void fuzz() throws IOException {
        long seed = Long.getLong("fuzz.seed", System.currentTimeMillis());
        System.out.println("fuzz.seed=" + seed);
        try (Database.Embedded database = Database.Embedded.create();
                Program program = Program.start(database)) {
            check(new Fuzz(program, database, seed).run(Integer.getInteger("fuzz", SHORT ? 2_000 : 100_000)));
        }
    }

    @Test
    @Order(3)
    void floods() throws IOException {
        onlyInFull();
        try (Database.Embedded database = Database.Embedded.create();
                Program program = Program.start(database)) {
            check(new Floods(program).run(Double.parseDouble(System.getProperty("floods", "1"))));
        }
    }

    @Test
    @Order(4)
    void isolation() throws IOException {
        try (Database.Embedded database = Database.Embedded.create();
                Program program = Program.start(database)) {
            check(new Isolation(program, database).run(SHORT ? 1 : 5));
        }
    }

    @Test
    @Order(5)
    void races() throws IOException {
        onlyInFull();
        check(Races.run(20, Duration.ofSeconds(20)));
    }

    @Test
    @Order(6)
    void outages() throws IOException {
        onlyInFull();
        check(new Outages().run(List.of(Duration.ofSeconds(5), Duration.ofSeconds(40))));
    }

    @Test
    @Order(7)
    void diskFull() throws IOException {
        onlyInFull();
        check(new DiskFull().run());
    }

    private static void onlyInFull() {
        assumeFalse(SHORT, "takes minutes, and runs with -Pattack");
    }

    private static void check(Result result) {
        RESULTS.add(result);
        assertThat(result.findings()).isEmpty();
    }
}

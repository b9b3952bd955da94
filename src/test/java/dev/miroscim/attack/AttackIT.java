package dev.miroscim.attack;

import static org.assertj.core.api.Assertions.assertThat;

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

/**
 * Attacks the packaged program. {@code mvn verify -Pattack} runs everything, {@code -Pcampaign} a little of everything,
 * and {@code -Pattack -Dit.test='AttackIT#kills'} one attack.
 */
@Tag("attack")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AttackIT {

    private static final boolean SHORT = Boolean.getBoolean("attack.short");
    private static final List<Result> RESULTS = new ArrayList<>();

    @AfterAll
    static void report() throws IOException {
        Report.write(Path.of("target", "attack", "reliability.md"), "mvn verify -Pattack", RESULTS);
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
        try (Database.Embedded database = Database.Embedded.create();
                Program program = Program.start(database)) {
            check(new Floods(program).run(Double.parseDouble(System.getProperty("floods", SHORT ? "0.1" : "1"))));
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
        check(Races.run(SHORT ? 2 : 20, Duration.ofSeconds(SHORT ? 3 : 20)));
    }

    @Test
    @Order(6)
    void outages() throws IOException {
        check(new Outages()
                .run(SHORT ? List.of(Duration.ofSeconds(2)) : List.of(Duration.ofSeconds(5), Duration.ofSeconds(40))));
    }

    @Test
    @Order(7)
    void diskFull() throws IOException {
        check(new DiskFull().run());
    }

    private static void check(Result result) {
        RESULTS.add(result);
        assertThat(result.findings()).isEmpty();
    }
}

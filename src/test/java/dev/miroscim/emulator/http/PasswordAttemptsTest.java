package dev.miroscim.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PasswordAttemptsTest {

    private final AtomicLong now = new AtomicLong();
    private final PasswordAttempts attempts = new PasswordAttempts(3, now::get);

    private void passes(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void failTimes(int times) {
        for (int i = 0; i < times; i++) {
            passes(attempts.pause("client"));
            assertThat(attempts.fail("client")).isZero();
        }
    }

    @Test
    void aFewHaveNoConsequence() {
        failTimes(2);

        assertThat(attempts.pause("client")).isZero();
    }

    @Test
    void pausesGrow_upToALimit() {
        failTimes(3);
        assertThat(attempts.pause("client")).isEqualTo(Duration.ofSeconds(1));
        failTimes(1);
        assertThat(attempts.pause("client")).isEqualTo(Duration.ofSeconds(2));
        failTimes(1);
        assertThat(attempts.pause("client")).isEqualTo(Duration.ofSeconds(4));
        failTimes(100);
        assertThat(attempts.pause("client")).isEqualTo(PasswordAttempts.LONGEST_PAUSE);
    }

    @Test
    void whatIsTriedInAPause_makesItNoLonger() {
        failTimes(3);
        passes(Duration.ofMillis(400));

        assertThat(attempts.fail("client")).isEqualTo(Duration.ofMillis(600));
        assertThat(attempts.pause("client")).isEqualTo(Duration.ofMillis(600));
        passes(Duration.ofMillis(600));
        assertThat(attempts.pause("client")).isZero();
    }

    @Test
    void othersAreHeard() {
        failTimes(10);

        assertThat(attempts.pause("other")).isZero();
        assertThat(attempts.fail("other")).isZero();
    }

    @Test
    void isForgottenInTime() {
        failTimes(10);
        passes(PasswordAttempts.MEMORY.plusSeconds(1));

        failTimes(2);
        assertThat(attempts.pause("client")).isZero();
    }
}

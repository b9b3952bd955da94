package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Isolated("reads the log")
@ExtendWith(OutputCaptureExtension.class)
class UnforeseenErrorsTest {

    private final AtomicLong now = new AtomicLong();
    private final UnforeseenErrors errors = new UnforeseenErrors(now::get);

    @Test
    void theSameOne_isLoggedOnce_andThenCounted(CapturedOutput output) {
        String first = "";
        for (int i = 0; i < 1_000; i++) {
            first = errors.log(new IllegalStateException("attempt " + i));
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("attempt")))
                .hasSize(1);
        assertThat(output).contains("Error " + first, "attempt 0", "UnforeseenErrorsTest");

        now.addAndGet(Duration.ofMinutes(1).plusSeconds(1).toNanos());
        errors.cleanUp();

        assertThat(output)
                .containsOnlyOnce("Error " + first + " happened 1000 times within a minute:"
                        + " java.lang.IllegalStateException at dev.miroscim.http.UnforeseenErrorsTest");
    }

    @Test
    void others_areLoggedToo(CapturedOutput output) {
        String one = errors.log(new IllegalStateException("one"));
        String other = errors.log(new IllegalArgumentException("other"));

        assertThat(one).isNotEqualTo(other);
        assertThat(output).contains("Error " + one, "Error " + other);
    }

    @Test
    void afterAMinute_itIsLoggedAgain(CapturedOutput output) {
        for (int i = 0; i < 2; i++) {
            errors.log(new IllegalStateException("again " + i));
            now.addAndGet(Duration.ofMinutes(2).toNanos());
            errors.cleanUp();
        }

        assertThat(output).contains("again 0", "again 1").doesNotContain("happened");
    }

    @Test
    void onlySoManyDifferentOnes_areLogged(CapturedOutput output) {
        for (int i = 0; i < 10 * UnforeseenErrors.MOST; i++) {
            errors.log(withPlace("Place" + i));
        }

        assertThat(output.getAll().lines().filter(line -> line.contains("distinct bug")))
                .hasSizeBetween(UnforeseenErrors.MOST, UnforeseenErrors.MOST + 1);
    }

    private static Exception withPlace(String type) {
        Exception exception = new IllegalStateException("distinct bug");
        exception.setStackTrace(new StackTraceElement[] {new StackTraceElement(type, "method", null, 1)});
        return exception;
    }
}

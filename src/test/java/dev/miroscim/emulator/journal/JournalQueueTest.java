package dev.miroscim.emulator.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.util.unit.DataSize;

@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log")
class JournalQueueTest {

    /** Nobody takes anything out: the database is away. */
    @Test
    void whatFindsNoRoomIsDroppedAndCounted(CapturedOutput output) throws InterruptedException {
        JournalQueue queue = new JournalQueue(properties(1_000, Duration.ofHours(1), DataSize.ofBytes(10_000)));

        for (int i = 0; i < 100; i++) {
            queue.offer(Calls.of("/" + i));
        }

        assertThat(queue.dropped()).isEqualTo(90);
        assertThat(output)
                .containsOnlyOnce("Calls that are missing from the journal")
                .contains("at all: 1");
        assertThat(queue.take()).isNotEmpty();
        queue.offer(Calls.of("/again"));
        assertThat(queue.dropped()).isEqualTo(90);
    }

    @Test
    void whatIsWrittenAtOnceFitsIntoOneSegment() throws InterruptedException {
        JournalQueue queue = new JournalQueue(properties(40, Duration.ofHours(1), DataSize.ofMegabytes(1)));
        for (int i = 0; i < 100; i++) {
            queue.offer(Calls.of("/" + i));
        }

        assertThat(queue.take()).hasSize(10).extracting(Call::path).startsWith("/0", "/1");
    }

    /** A burst must not wait for one write that takes all of it, while the room stays full. */
    @Test
    void oneWriteTakesAPartOfTheRoomInTheOrderOfTheCalls() throws InterruptedException {
        JournalQueue queue = new JournalQueue(properties(4_000, Duration.ofHours(1), DataSize.ofBytes(160_000)));
        for (int i = 0; i < 160; i++) {
            queue.offer(Calls.of("/" + i));
        }

        for (int i = 0; i < 160; i += 20) {
            assertThat(queue.take()).extracting(Call::path).hasSize(20).startsWith("/" + i, "/" + (i + 1));
            queue.done();
        }
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void limitsThatCannotBeMeant() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(3, Duration.ofHours(1), DataSize.ofMegabytes(1)))
                .withMessageContaining("miro.journal.max-entries");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> properties(100, Duration.ZERO, DataSize.ofMegabytes(1)))
                .withMessageContaining("miro.journal.max-age");
    }

    static JournalProperties properties(int maxEntries, Duration maxAge, DataSize maxWaiting) {
        return new JournalProperties(true, maxEntries, maxAge, DataSize.ofKilobytes(16), maxWaiting);
    }
}

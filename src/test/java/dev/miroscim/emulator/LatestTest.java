package dev.miroscim.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class LatestTest {

    @Test
    void read_neitherWaitsForAnOlderReadNorIsReplacedByIt() {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        AtomicInteger reads = new AtomicInteger();
        Latest<String> latest = new Latest<>("first", () -> {
            if (reads.incrementAndGet() == 1) {
                begun.countDown();
                await(released);
                return "older";
            }
            return "newer";
        });

        CompletableFuture<Void> older = CompletableFuture.runAsync(latest::read);
        await(begun);
        latest.read();
        assertThat(latest.value()).isEqualTo("newer");

        released.countDown();
        older.join();
        assertThat(latest.value()).isEqualTo("newer");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

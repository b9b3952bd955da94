package dev.miroscim.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.http.HttpInputMessage;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

class RequestBodiesTest {

    private static final long HEAP = 192L * 1024 * 1024;
    private static final int LARGE = 700_000;

    private final RequestBodies bodies = new RequestBodies(HEAP, 2);

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4_095, 4_096, 4_097, 65_536, 65_537, JsonBodyReader.MOST_BYTES})
    void read_theWholeBody(int size) throws Exception {
        for (boolean declared : new boolean[] {true, false}) {
            assertThat(inRequest(() -> bodies.read(message(size, declared), JsonBodyReader.MOST_BYTES)))
                    .isEqualTo(bytes(size));
        }
    }

    @Test
    void refused_moreThanTheMost() {
        for (boolean declared : new boolean[] {true, false}) {
            assertThatThrownBy(() -> inRequest(() -> bodies.read(message(10_001, declared), 10_000)))
                    .isInstanceOf(ApiErrorException.class);
        }
    }

    /** Were anything kept after the end of a request, the last of these would wait forever. */
    @Test
    void read_asOftenAsThereAreRequests() throws Exception {
        for (int i = 0; i < 200; i++) {
            inRequest(() -> bodies.read(message(LARGE, true), JsonBodyReader.MOST_BYTES));
        }
    }

    @Test
    void read_largeOneAfterAnother_smallAtOnce() throws Exception {
        ServletRequestAttributes first = new ServletRequestAttributes(new MockHttpServletRequest());
        RequestContextHolder.setRequestAttributes(first);
        bodies.read(message(LARGE, true), JsonBodyReader.MOST_BYTES);
        RequestContextHolder.resetRequestAttributes();

        AtomicReference<Thread> waiting = new AtomicReference<>();
        CompletableFuture<byte[]> second = CompletableFuture.supplyAsync(
                () -> {
                    waiting.set(Thread.currentThread());
                    return inRequest(() -> bodies.read(message(LARGE, true), JsonBodyReader.MOST_BYTES));
                },
                Thread::startVirtualThread);
        await().until(() -> waiting.get() != null && waiting.get().getState() == Thread.State.TIMED_WAITING);
        inRequest(() -> bodies.read(message(2_000, true), JsonBodyReader.MOST_BYTES));
        inRequest(() -> bodies.read(message(20_000, true), JsonBodyReader.MOST_BYTES));
        assertThat(second).isNotDone();

        first.requestCompleted();
        assertThat(second.get(10, SECONDS)).hasSize(LARGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {64, 192, 512, 4_096, 262_144})
    void seeds_fitTheHeap(long megabytes) {
        assertThat(new RequestBodies(megabytes * 1024 * 1024, 4).mostBytesOfSeeds())
                .isBetween(JsonBodyReader.MOST_BYTES, (int) Math.min(64, megabytes / 16) * 1024 * 1024);
    }

    private interface Reading {

        byte[] bytes() throws IOException;
    }

    private static byte[] inRequest(Reading reading) {
        ServletRequestAttributes request = new ServletRequestAttributes(new MockHttpServletRequest());
        RequestContextHolder.setRequestAttributes(request);
        try {
            return reading.bytes();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } finally {
            request.requestCompleted();
            RequestContextHolder.resetRequestAttributes();
        }
    }

    private static HttpInputMessage message(int size, boolean declared) {
        MockHttpInputMessage message = new MockHttpInputMessage(bytes(size));
        if (declared) {
            message.getHeaders().setContentLength(size);
        }
        return message;
    }

    private static byte[] bytes(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}

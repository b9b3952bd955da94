package dev.miroscim.http;

import dev.miroscim.directory.MiroRule;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.context.request.RequestAttributes;
import org.springframework.web.context.request.RequestContextHolder;

/**
 * Reads request bodies so that those of all requests together fit the heap. Small ones, which are nearly all, never
 * wait. The larger ones take a part of the heap as they are read, and are then handled a few at a time, because what a
 * body becomes takes up to {@value #GROWTH} times its size, and seconds of processor time that others need. Requests
 * wait here before they take a database connection.
 */
@Component
public class RequestBodies {

    /** Bodies up to this size never wait. */
    private static final int SMALL = 4 * 1024;

    private static final int MEDIUM = 64 * 1024;

    /** The largest body of SCIM: members and values of a few bytes each become objects. */
    private static final int GROWTH = 25;

    private static final int LARGEST_SEED = 64 * 1024 * 1024;
    private static final int UNIT = 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final int mostBytesOfSeeds;
    private final Semaphore unparsed;
    private final Semaphore medium;
    private final Semaphore large;
    private final Semaphore seeds = new Semaphore(1);

    RequestBodies() {
        this(Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());
    }

    RequestBodies(long heap, int processors) {
        mostBytesOfSeeds = Math.toIntExact(Math.min(LARGEST_SEED, heap / 24));
        unparsed = new Semaphore(Math.toIntExact(Math.min(Integer.MAX_VALUE, heap / 8 / UNIT)));
        medium = new Semaphore(slots(heap / 8, MEDIUM, Integer.MAX_VALUE));
        large = new Semaphore(slots(heap / 8, JsonBodyReader.MOST_BYTES, Math.max(1, processors - 1)));
    }

    private static int slots(long memory, int bytes, int most) {
        return Math.toIntExact(Math.clamp(memory / GROWTH / bytes, 1, most));
    }

    /** The size of the largest seed that the heap has room for, in bytes. */
    public int mostBytesOfSeeds() {
        return mostBytesOfSeeds;
    }

    /**
     * Reads a body. What it takes is given back at the end of the request.
     *
     * @param most its largest size in bytes
     * @throws ApiErrorException if it is larger, or if too many large ones are being handled
     */
    public byte[] read(HttpInputMessage message, int most) throws IOException {
        InputStream body = message.getBody();
        byte[] start = body.readNBytes(SMALL);
        if (start.length < SMALL) {
            return start;
        }
        long declared = message.getHeaders().getContentLength();
        take(unparsed, Math.toIntExact(Math.min(most, declared < 0 ? most : declared)) / UNIT + 1);
        // One byte beyond the limit is enough to refuse; the rest of a chunked body is never read.
        byte[] rest = body.readNBytes(most + 1 - SMALL);
        int size = SMALL + rest.length;
        if (size > most) {
            throw tooLarge(most);
        }
        take(size <= MEDIUM ? medium : size <= JsonBodyReader.MOST_BYTES ? large : seeds, 1);
        byte[] whole = Arrays.copyOf(start, size);
        System.arraycopy(rest, 0, whole, SMALL, rest.length);
        return whole;
    }

    static ApiErrorException tooLarge(int most) {
        if (most == JsonBodyReader.MOST_BYTES) {
            MiroRule.PAYLOAD_LIMIT.noteRefusal();
        }
        return new ApiErrorException(
                ApiError.of(HttpStatus.CONTENT_TOO_LARGE, "A request can have at most " + most + " bytes"));
    }

    private static void take(Semaphore semaphore, int permits) {
        try {
            if (!semaphore.tryAcquire(permits, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw busy();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw busy();
        }
        RequestContextHolder.currentRequestAttributes()
                .registerDestructionCallback(
                        "%s.%s".formatted(RequestBodies.class.getName(), System.identityHashCode(semaphore)),
                        () -> semaphore.release(permits),
                        RequestAttributes.SCOPE_REQUEST);
    }

    private static ApiErrorException busy() {
        return new ApiErrorException(
                ApiError.of(HttpStatus.SERVICE_UNAVAILABLE, "Too many large requests are being handled; try again")
                        .with(HttpHeaders.RETRY_AFTER, "5"));
    }
}

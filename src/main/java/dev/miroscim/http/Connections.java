package dev.miroscim.http;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.coyote.Response;
import org.apache.tomcat.util.net.NioEndpoint;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The open connections. Anyone can open them without a token, and each takes about {@value #BYTES} bytes for its
 * buffers, so their number is limited by the heap. At the limit, connections on which the server waits for its client
 * are closed for new ones: first those with a part of a header, then those with a part of a body, then those that do not
 * read their answers, then those that have sent nothing yet. Only if that is not enough, those between two requests are
 * closed, the longest silent first. So half-open connections, however many, keep no client out.
 *
 * <p>A client may let the server wait for {@link #PATIENCE} in all while it sends a header, and likewise while it
 * sends a body or reads an answer; the latter two get a second more for every {@value #LEAST_RATE} bytes.
 *
 * <p>A connection is ended by closing its input or output below Tomcat, which then treats it like one that its client
 * has closed. Closing it directly could take it from a thread that is using it.
 */
final class Connections {

    static final Duration SAMPLE = Duration.ofMillis(50);

    /** Generous for the slowest honest client, and too short to collect many connections. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    /**
     * How long a connection may be silent, or a body or the reading of an answer stop, before it can be closed for
     * others. A crowd of such clients gets in at most a full house in this time, and others wait behind them.
     */
    private static final Duration GRACE = Duration.ofMillis(100);

    /** How long candidates are not looked for again. */
    private static final Duration REST = Duration.ofMillis(5);

    private static final int LEAST_RATE = 16 * 1024;

    /**
     * A header of 24 kB, three buffers of 8 kB for the connection and one for the answer, Tomcat's objects, and what
     * filters and handlers remember of a request while they wait for its body.
     */
    private static final int BYTES = 128 * 1024;

    private static final int SHARE_OF_HEAP = 6;
    private static final Duration TELL = Duration.ofSeconds(10);
    private static final Logger log = LoggerFactory.getLogger(Connections.class);

    private final NioEndpoint endpoint;
    private final Map<SocketWrapperBase<?>, Exchange> exchanges = new ConcurrentHashMap<>();
    /** The connections on which a request has come, as long as they are open. */
    private final Set<SocketWrapperBase<?>> used = ConcurrentHashMap.newKeySet();

    private int most = Integer.MAX_VALUE;
    private long lookedAt = System.nanoTime();
    private long closed;
    private long toldAt = System.nanoTime() - TELL.toNanos();

    Connections(NioEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** @param configured the limit in the settings, which the heap and the limit of open files can only lower */
    void limit(int configured) {
        long byHeap = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / BYTES;
        // Database connections, files and classes need some too.
        long byFiles = ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount() / 2
                : Long.MAX_VALUE;
        most = Math.toIntExact(Math.max(16, Math.min(configured, Math.min(byHeap, byFiles))));
    }

    int most() {
        return most;
    }

    /** Marks a connection as one on which a request is being handled, until the result is closed. */
    Exchange exchange(SocketWrapperBase<?> connection, Request request, Response response) {
        Exchange exchange = new Exchange(connection, request, response);
        exchanges.put(connection, exchange);
        used.add(connection);
        return exchange;
    }

    /** Closes connections if there are more than there may be. */
    synchronized void makeRoom() {
        // In a rush, each new connection would look at all others again, though hardly anything has changed.
        if (endpoint.getConnectionCount() <= most || System.nanoTime() - lookedAt < REST.toNanos()) {
            return;
        }
        List<Candidate> candidates = new ArrayList<>();
        int open = 0;
        for (SocketWrapperBase<?> connection : endpoint.getConnections()) {
            NioSocketWrapper checked = (NioSocketWrapper) connection;
            if (!isEnding(checked)) {
                open++;
                Candidate candidate = candidate(checked);
                if (candidate != null) {
                    candidates.add(candidate);
                }
            }
        }
        candidates.sort(null);
        int leaving = 0;
        for (Candidate candidate : candidates) {
            // A crowd comes in as fast as it is closed, and others wait behind it. So more are closed than necessary,
            // but not
            // of those that clients keep for their next request.
            if (leaving >= (candidate.reason() == Reason.IDLE ? open - most + most / 16 : open - most / 2)) {
                break;
            }
            candidate.close();
            leaving++;
        }
        tell(leaving);
        lookedAt = System.nanoTime();
    }

    /** Ends connections whose clients let the server wait too long. */
    void sample() {
        try {
            used.retainAll(endpoint.getConnections());
            endpoint.getConnections().forEach(connection -> sample((NioSocketWrapper) connection));
            makeRoom();
        } catch (RuntimeException e) {
            // Thrown on, it would end the sampling for good.
            log.warn("The connections could not be looked at", e);
        }
    }

    private void sample(NioSocketWrapper connection) {
        Exchange exchange = exchanges.get(connection);
        if (exchange != null) {
            exchange.sample(connection);
            return;
        }
        Request unfinished = unfinished(connection);
        if (unfinished != null
                && System.nanoTime() - unfinished.getStartTimeNanos() > PATIENCE.toNanos()
                && !isEnding(connection)) {
            endInput(connection);
        }
    }

    private @Nullable Candidate candidate(NioSocketWrapper connection) {
        Exchange exchange = exchanges.get(connection);
        long silent = System.currentTimeMillis() - connection.getLastRead();
        Reason reason = null;
        if (exchange != null) {
            reason = exchange.stopped();
        } else if (connection.interestOpsHas(SelectionKey.OP_READ)) {
            // Otherwise, something has arrived that is yet to be read.
            if (unfinished(connection) != null) {
                reason = Reason.HEADER_UNFINISHED;
            } else if (connection.getCurrentProcessor() == null && silent > GRACE.toMillis()) {
                reason = used.contains(connection) ? Reason.IDLE : Reason.UNUSED;
            }
        }
        return reason == null ? null : new Candidate(connection, reason, silent);
    }

    /** The request of which only a part of the header has arrived; null if there is none. */
    private static @Nullable Request unfinished(NioSocketWrapper connection) {
        return connection.getCurrentProcessor() instanceof Processor processor
                        && !processor.isAsync()
                        && !processor.isUpgrade()
                ? processor.getRequest()
                : null;
    }

    private static boolean isEnding(NioSocketWrapper connection) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        return channel == null
                || !channel.isOpen()
                || channel.socket().isInputShutdown()
                || channel.socket().isOutputShutdown();
    }

    private static void endInput(NioSocketWrapper connection) {
        end(connection, SocketChannel::shutdownInput);
    }

    private static void endOutput(NioSocketWrapper connection) {
        end(connection, SocketChannel::shutdownOutput);
    }

    private static void end(NioSocketWrapper connection, Ending ending) {
        SocketChannel channel = connection.getSocket().getIOChannel();
        try {
            if (channel != null) {
                ending.accept(channel);
            }
        } catch (IOException e) {
            log.debug("A connection ended by itself", e);
        }
    }

    private void tell(int more) {
        closed += more;
        if (closed > 0 && System.nanoTime() - toldAt > TELL.toNanos()) {
            toldAt = System.nanoTime();
            log.warn("More than {} connections are open; to make room, {} without a request were closed", most, closed);
            closed = 0;
        }
    }

    private interface Ending {

        void accept(SocketChannel channel) throws IOException;
    }

    private enum Reason {
        HEADER_UNFINISHED,
        BODY_STOPPED,
        ANSWER_UNREAD,
        UNUSED,
        IDLE
    }

    /** A connection that may be closed for others; the first to be closed comes first. */
    private record Candidate(NioSocketWrapper connection, Reason reason, long silentMillis)
            implements Comparable<Candidate> {

        private void close() {
            if (reason == Reason.ANSWER_UNREAD) {
                endOutput(connection);
            } else {
                endInput(connection);
            }
        }

        @Override
        public int compareTo(Candidate other) {
            return Comparator.comparing(Candidate::reason)
                    .thenComparing(Candidate::silentMillis, Comparator.reverseOrder())
                    .compare(this, other);
        }
    }

    /** The handling of the requests of a connection, from the first complete header until no more has arrived. */
    final class Exchange implements AutoCloseable {

        private final SocketWrapperBase<?> connection;
        private final Request request;
        private final Response response;

        private long began;
        private volatile Duration waitedForBody = Duration.ZERO;
        private volatile Duration waitedForReader = Duration.ZERO;

        private Exchange(SocketWrapperBase<?> connection, Request request, Response response) {
            this.connection = connection;
            this.request = request;
            this.response = response;
        }

        /** Called by one thread, while others handle the request. */
        private void sample(NioSocketWrapper sampled) {
            if (began != request.getStartTimeNanos()) {
                began = request.getStartTimeNanos();
                waitedForBody = Duration.ZERO;
                waitedForReader = Duration.ZERO;
            }
            if (sampled.interestOpsHas(SelectionKey.OP_READ)) {
                waitedForBody = waitedForBody.plus(SAMPLE);
                if (isTooLong(waitedForBody, request.getBytesRead())) {
                    endInput(sampled);
                }
            }
            if (sampled.interestOpsHas(SelectionKey.OP_WRITE)) {
                waitedForReader = waitedForReader.plus(SAMPLE);
                if (isTooLong(waitedForReader, response.getBytesWritten(false))) {
                    endOutput(sampled);
                }
            }
        }

        /** What the client lets the server wait for; null if it is nothing. */
        private @Nullable Reason stopped() {
            return waitedForBody.compareTo(GRACE) > 0
                    ? Reason.BODY_STOPPED
                    : waitedForReader.compareTo(GRACE) > 0 ? Reason.ANSWER_UNREAD : null;
        }

        private static boolean isTooLong(Duration waited, long bytes) {
            return waited.compareTo(PATIENCE.plusSeconds(bytes / LEAST_RATE)) > 0;
        }

        @Override
        public void close() {
            exchanges.remove(connection);
        }
    }
}

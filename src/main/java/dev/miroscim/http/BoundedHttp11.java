package dev.miroscim.http;

import java.nio.channels.SocketChannel;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.NioEndpoint;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 whose connections take a bounded part of the heap, and in which no client can keep a connection by sending
 * or reading very slowly: see {@link Connections}.
 *
 * <p>Public, because Tomcat creates it by its class name.
 */
public class BoundedHttp11 extends Http11NioProtocol {

    private final Connections connections;
    private @Nullable ScheduledFuture<?> watch;

    public BoundedHttp11() {
        this(new Endpoint());
    }

    private BoundedHttp11(Endpoint endpoint) {
        super(endpoint);
        connections = endpoint.connections;
    }

    @Override
    protected Processor createProcessor() {
        return new HostTolerantProcessor(this);
    }

    @Override
    public void init() throws Exception {
        connections.limit(getMaxConnections());
        // Beyond the limit connections are still accepted, because others are closed for them.
        setMaxConnections(connections.most() + connections.most() / 4);
        // Buffers and requests are kept for all of them: making them anew costs more than a short request.
        setProcessorCache(connections.most());
        super.init();
    }

    @Override
    public void start() throws Exception {
        super.start();
        long period = Connections.SAMPLE.toMillis();
        watch = getUtilityExecutor().scheduleWithFixedDelay(connections::sample, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public void stop() throws Exception {
        if (watch != null) {
            watch.cancel(false);
        }
        super.stop();
    }

    Connections connections() {
        return connections;
    }

    private static final class Endpoint extends NioEndpoint {

        private final Connections connections = new Connections(this);

        @Override
        protected boolean setSocketOptions(SocketChannel socket) {
            boolean accepted = super.setSocketOptions(socket);
            connections.makeRoom();
            return accepted;
        }
    }
}

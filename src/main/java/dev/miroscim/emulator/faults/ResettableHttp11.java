package dev.miroscim.emulator.faults;

import dev.miroscim.http.BoundedHttp11;
import dev.miroscim.http.HostTolerantProcessor;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.apache.coyote.Processor;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 with connections that can also end by a TCP reset, as when a proxy dies. Tomcat itself always closes
 * connections properly, which clients treat as less serious.
 *
 * <p>Public, because Tomcat creates it by its class name.
 */
public final class ResettableHttp11 extends BoundedHttp11 {

    @Override
    protected Processor createProcessor() {
        return new ResettableProcessor(this);
    }

    private static final class ResettableProcessor extends HostTolerantProcessor {

        ResettableProcessor(ResettableHttp11 protocol) {
            super(protocol);
        }

        @Override
        public SocketState service(SocketWrapperBase<?> connection) throws IOException {
            SocketState state = super.service(connection);
            if (request.getAttribute(ConnectionReset.ATTRIBUTE) != null && connection instanceof NioSocketWrapper nio) {
                reset(nio);
            }
            return state;
        }

        private static void reset(NioSocketWrapper connection) {
            SocketChannel channel = connection.getSocket().getIOChannel();
            try {
                channel.setOption(StandardSocketOptions.SO_LINGER, 0);
            } catch (IOException | UnsupportedOperationException _) {
                // The connection is already closed or is not TCP, so it is closed normally.
            }
            connection.close();
            // A channel closes only when its selector releases it, which can take a second unless the selector is woken
            // up.
            connection.getPoller().getSelector().wakeup();
        }
    }
}

package dev.miroscim.emulator.faults;

import dev.miroscim.http.HostTolerantProcessor;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import org.apache.coyote.Processor;
import org.apache.coyote.http11.Http11NioProtocol;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.NioEndpoint.NioSocketWrapper;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/1.1 as this server speaks it, where a connection can also end by a reset of TCP, as it does when a proxy dies. Tomcat
 * by itself only ever ends connections in good order, which clients take for less.
 *
 * <p>Public, as Tomcat makes it by its name.
 */
public final class ResettableHttp11 extends Http11NioProtocol {

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
                // It is gone already, or is none of TCP: then it ends in good order.
            }
            connection.close();
            // A channel ends when its selector lets go of it, for which it may take a second if nobody wakes it up.
            connection.getPoller().getSelector().wakeup();
        }
    }
}

package dev.miroscim.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import org.apache.coyote.Request;
import org.apache.coyote.http11.Http11Processor;
import org.apache.tomcat.util.buf.ByteChunk;
import org.apache.tomcat.util.buf.MessageBytes;
import org.apache.tomcat.util.http.parser.Host;
import org.apache.tomcat.util.net.AbstractEndpoint.Handler.SocketState;
import org.apache.tomcat.util.net.SocketWrapperBase;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat's HTTP/1.1, but with underscores allowed in host names. Compose names services like that, as in
 * {@code miro_scim:8080}, and GitLab derives aliases such as {@code registry__miro-scim} from images. Tomcat refuses
 * them, because Internet host names have no underscores.
 */
public class HostTolerantProcessor extends Http11Processor {

    private static final String BAD_HOST = HostTolerantProcessor.class.getName() + ".bad";

    private final Connections connections;

    public HostTolerantProcessor(BoundedHttp11 protocol) {
        super(protocol, protocol.getAdapter());
        this.connections = protocol.connections();
    }

    @Override
    public SocketState service(SocketWrapperBase<?> connection) throws IOException {
        try (var _ = connections.exchange(connection, request, response)) {
            return super.service(connection);
        }
    }

    /** Whether Tomcat refused a request for its Host header. */
    static boolean hasBadHost(Request request) {
        return request.getAttribute(BAD_HOST) != null;
    }

    @Override
    protected void parseHost(@Nullable MessageBytes host) {
        String sent = text(host);
        String spelledOtherwise = sent.replace('_', 'x');
        if (!sent.equals(spelledOtherwise) && isName(spelledOtherwise)) {
            MessageBytes standIn = MessageBytes.newInstance();
            byte[] bytes = spelledOtherwise.getBytes(ISO_8859_1);
            standIn.setBytes(bytes, 0, bytes.length);
            parse(standIn);
            request.serverName()
                    .setString(sent.substring(0, request.serverName().toString().length()));
        } else {
            parse(host);
        }
    }

    private void parse(@Nullable MessageBytes host) {
        boolean goodSoFar = !getErrorState().isError();
        super.parseHost(host);
        if (goodSoFar && getErrorState().isError()) {
            request.setAttribute(BAD_HOST, true);
        }
    }

    private static boolean isName(String host) {
        try {
            Host.parse(host);
            return !host.startsWith("["); // IPv6 addresses have brackets
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static String text(@Nullable MessageBytes host) {
        if (host == null || host.isNull() || host.getLength() == 0) {
            return "";
        }
        ByteChunk bytes = host.getByteChunk();
        return new String(bytes.getBytes(), bytes.getStart(), bytes.getLength(), ISO_8859_1);
    }
}

package dev.miroscim.http;

import dev.miroscim.access.BearerTokens;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * The id by which a request is found in the answer, in the journal and in the log: the one that the client sent, or a
 * new one.
 */
public final class RequestId {

    private static final String HEADER = "X-Request-Id";

    /** Its name in log lines. */
    private static final String LOGGED = "requestId";

    private static final String ATTRIBUTE = RequestId.class.getName();

    /** Visible ASCII: in a log line, anything else could pretend to be another line. */
    private static final Pattern USABLE = Pattern.compile("[!-~]{1,128}");

    private RequestId() {}

    /** The id as the answer has it. A client may have sent a secret in it. */
    public static @Nullable String of(HttpServletRequest request) {
        return (String) request.getAttribute(ATTRIBUTE);
    }

    /** Adds it to an answer whose headers were removed. */
    static void restore(HttpServletRequest request, HttpServletResponse response) {
        String id = of(request);
        if (id != null) {
            response.setHeader(HEADER, id);
        }
    }

    private static String generated() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }

    /** Around all filters, because Tomcat refuses some requests before it runs them. */
    static final class Valve extends ValveBase {

        private final BearerTokens tokens = new BearerTokens();
        private final LogRedaction redaction;

        Valve(LogRedaction redaction) {
            super(true);
            this.redaction = redaction;
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            String sent = request.getHeader(HEADER);
            boolean usable = sent != null && USABLE.matcher(sent).matches();
            String id = usable ? sent : generated();
            request.setAttribute(ATTRIBUTE, id);
            response.setHeader(HEADER, id);
            String logged = usable ? redaction.withoutSecrets(id, tokens.resolve(request)) : id;
            try (MDC.MDCCloseable _ = MDC.putCloseable(LOGGED, logged)) {
                getNext().invoke(request, response);
            }
        }
    }
}

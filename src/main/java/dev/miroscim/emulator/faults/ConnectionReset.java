package dev.miroscim.emulator.faults;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/**
 * Breaks connections. A servlet cannot do that, because the container always sends an answer. So a filter only marks
 * the request, and a valve around everything else tells Tomcat to send nothing more.
 */
@Component
public class ConnectionReset implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** Marks the servlet request, and later the connector's request. */
    static final String ATTRIBUTE = ConnectionReset.class.getName();

    /** Makes this request end with a broken connection instead of an answer. */
    static void of(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, true);
    }

    /** Whether this request gets no answer. */
    public static boolean isWantedFor(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) != null;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.setProtocol(ResettableHttp11.class.getName());
        tomcat.addEngineValves(new Valve());
    }

    private static final class Valve extends ValveBase {

        Valve() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            if (request.getAttribute(ATTRIBUTE) != null) {
                request.getCoyoteRequest().setAttribute(ATTRIBUTE, true);
                request.getCoyoteRequest().action(ActionCode.CLOSE_NOW, new IOException("A fault ends the connection"));
            }
        }
    }
}

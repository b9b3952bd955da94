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
 * Breaks connections. No servlet can: the container always answers something. So a filter only leaves its wish at the
 * request, and a valve around everything else tells Tomcat that nothing shall be sent any more.
 */
@Component
class ConnectionReset implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    /** The wish, at the request of the servlet and later at that of the connector. */
    static final String ATTRIBUTE = ConnectionReset.class.getName();

    /** Wishes that this request be answered by nothing but the end of its connection. */
    static void of(HttpServletRequest request) {
        request.setAttribute(ATTRIBUTE, true);
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

package dev.miroscim.http;

import jakarta.servlet.ServletException;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.valves.ValveBase;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Adjusts how Tomcat treats requests before they reach the filters. */
@Component
class PlaneTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Planes planes;
    private final ErrorWriter errors;
    private final LogRedaction redaction;

    PlaneTomcat(Planes planes, ErrorWriter errors, LogRedaction redaction) {
        this.planes = planes;
        this.errors = errors;
        this.redaction = redaction;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addEngineValves(new RequestId.Valve(redaction));
        tomcat.addEngineValves(new Yielding());
        tomcat.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new TomcatErrorPage(planes, errors));
        });
        // Answers that are not read wait in the kernel, which counts them as memory of the container; without a limit
        // each connection could have several megabytes of it.
        tomcat.addConnectorCustomizers(connector -> connector.setProperty("socket.txBufSize", "131072"));
        // Sends "100 Continue" only once the body is read, which is after the token was checked.
        tomcat.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }

    /**
     * Lets other requests go first after each one. Virtual threads are not interrupted, so a client that sends many
     * requests without waiting for answers would otherwise keep a processor until the last of them.
     */
    private static final class Yielding extends ValveBase {

        Yielding() {
            super(true);
        }

        @Override
        public void invoke(Request request, Response response) throws IOException, ServletException {
            getNext().invoke(request, response);
            Thread.yield();
        }
    }
}

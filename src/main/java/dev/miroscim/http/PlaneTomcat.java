package dev.miroscim.http;

import org.apache.catalina.core.StandardHost;
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
        tomcat.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new TomcatErrorPage(planes, errors));
        });
        // Sends "100 Continue" only once the body is read, which is after the token was checked.
        tomcat.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }
}

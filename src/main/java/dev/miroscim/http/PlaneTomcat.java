package dev.miroscim.http;

import org.apache.catalina.core.StandardHost;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** What Tomcat does before a request reaches the filters, and instead of it. */
@Component
class PlaneTomcat implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Planes planes;
    private final ErrorWriter errors;

    PlaneTomcat(Planes planes, ErrorWriter errors) {
        this.planes = planes;
        this.errors = errors;
    }

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        tomcat.addContextCustomizers(context -> {
            StandardHost host = (StandardHost) context.getParent();
            host.setErrorReportValveClass("");
            host.getPipeline().addValve(new TomcatErrorPage(planes, errors));
        });
        // A client that waits for "100 Continue" is told to go on once somebody wants its body, and not before its
        // token
        // is known to be good.
        tomcat.addConnectorCustomizers(connector -> connector.setProperty("continueResponseTiming", "onRead"));
    }
}

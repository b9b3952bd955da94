package dev.miroscim.http;

import java.net.InetAddress;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Keeps a blank {@code SERVER_ADDRESS}, as scripts pass for a variable that is not set, from opening the server to all. */
@Component
class LoopbackByDefault implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    @Override
    public void customize(TomcatServletWebServerFactory tomcat) {
        if (tomcat.getAddress() == null) {
            tomcat.setAddress(InetAddress.getLoopbackAddress());
        }
    }
}

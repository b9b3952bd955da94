package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.miroscim.MiroScimTest;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;

/** Only this machine reaches the server, unless its settings say otherwise. */
@MiroScimTest
class ListeningTest {

    private static final int PATIENCE_MILLIS = 5_000;

    @LocalServerPort
    private int port;

    @Test
    void onLoopback() throws IOException {
        connect(InetAddress.getByName("127.0.0.1"));
    }

    @Test
    void onNoOtherAddress() throws IOException {
        InetAddress other = NetworkInterface.networkInterfaces()
                .flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress())
                .findFirst()
                .orElse(null);
        assumeTrue(other != null);

        assertThatIOException().isThrownBy(() -> connect(other));
    }

    @Test
    void onLoopback_ifTheSettingIsBlank() {
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory();

        new LoopbackByDefault().customize(tomcat);

        assertThat(tomcat.getAddress().isLoopbackAddress()).isTrue();
    }

    @Test
    void whereTheSettingSays() throws IOException {
        TomcatServletWebServerFactory tomcat = new TomcatServletWebServerFactory();
        tomcat.setAddress(InetAddress.getByName("0.0.0.0"));

        new LoopbackByDefault().customize(tomcat);

        assertThat(tomcat.getAddress().isAnyLocalAddress()).isTrue();
    }

    private void connect(InetAddress address) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, port), PATIENCE_MILLIS);
        }
    }
}

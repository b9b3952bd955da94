package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.TestPropertySource;

/** What a server does that has as many connections as it may have. */
@MiroScimTest
@TestPropertySource(properties = "server.tomcat.max-connections=32")
class ConnectionsTest {

    private static final String HEALTH = """
            GET /health HTTP/1.1
            Host: localhost

            """;

    @LocalServerPort
    private int port;

    private final List<Socket> opened = new ArrayList<>();

    @AfterEach
    void closeAll() throws IOException {
        for (Socket socket : opened) {
            socket.close();
        }
    }

    @Test
    void halfOpenConnections_doNotKeepOthersOut() throws IOException {
        try (RawHttp kept = new RawHttp(port)) {
            kept.send(HEALTH);
            assertThat(kept.receive().status()).isEqualTo(200);

            for (int i = 0; i < 300; i++) {
                open("GET /api/v1/scim/Users HTTP/1.1\r\nHost: localhost\r\nX-Long: ");
                if (i % 20 == 0) {
                    assertThat(RawHttp.exchange(port, HEALTH).status()).isEqualTo(200);
                }
            }

            kept.send(HEALTH);
            assertThat(kept.receive().status()).isEqualTo(200);
        }
        await().untilAsserted(
                        () -> assertThat(opened).filteredOn(this::isClosed).hasSizeGreaterThan(200));
    }

    @Test
    void silentConnections_doNotKeepOthersOut() throws IOException {
        for (int i = 0; i < 300; i++) {
            open("");
        }

        assertThat(RawHttp.exchange(port, HEALTH).status()).isEqualTo(200);
        await().untilAsserted(
                        () -> assertThat(opened).filteredOn(this::isClosed).hasSizeGreaterThan(200));
    }

    private void open(String sent) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        opened.add(socket);
        socket.setSoTimeout(1);
        socket.getOutputStream().write(sent.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Whether the server has closed it. */
    private boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() == -1;
        } catch (SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}

package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.http.HttpServletRequestWrapper;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

class ClientsTest {

    private final MockHttpServletRequest request = new MockHttpServletRequest();

    @Test
    void thePeerIsTheOtherEndOfTheConnection() {
        request.setRemoteAddr("192.0.2.1");
        request.addHeader("X-Forwarded-For", "203.0.113.1");
        HttpServletRequestWrapper forwarded = new HttpServletRequestWrapper(request) {
            @Override
            public String getRemoteAddr() {
                return "203.0.113.1";
            }
        };

        assertThat(Clients.peer(forwarded)).isEqualTo("192.0.2.1");
        assertThat(Clients.client(forwarded)).isEqualTo("192.0.2.1 203.0.113.1");
    }

    /** A proxy adds the client that it sees after those that the request names already. */
    @Test
    void theClientIsTheOneThatTheProxyAdded() {
        request.setRemoteAddr("192.0.2.1");
        request.addHeader("X-Forwarded-For", "198.51.100.1, 198.51.100.2");
        request.addHeader("X-Forwarded-For", "198.51.100.3, 203.0.113.1");

        assertThat(Clients.client(request)).isEqualTo("192.0.2.1 203.0.113.1");
    }

    @Test
    void anIpv6NetworkIsOneClient() {
        request.setRemoteAddr("2001:db8:1:2:3:4:5:6");
        String one = Clients.peer(request);
        request.setRemoteAddr("2001:db8:1:2:ffff::1");
        assertThat(Clients.peer(request)).isEqualTo(one);
        request.setRemoteAddr("2001:db8:1:3::1");
        assertThat(Clients.peer(request)).isNotEqualTo(one);
    }

    @Test
    void aNameIsBounded() {
        request.addHeader("Forwarded", "for=" + "x".repeat(10_000));

        assertThat(Clients.client(request)).hasSizeLessThan(200);
    }
}

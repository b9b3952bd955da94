package dev.miroscim.http;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.stream.Stream;

/** Tells the clients of requests apart, to count what each of them does. */
public final class Clients {

    private static final int LONGEST = 100;

    /** Who has an IPv6 address usually has all that begin like it. */
    private static final int IPV6_NETWORK_BYTES = 8;

    private Clients() {}

    /** The other end of the connection, whatever headers say. */
    public static String peer(HttpServletRequest request) {
        return network(received(request).getRemoteAddr());
    }

    /**
     * The peer and, if it forwards a request, the client that it names. Of several it is the last one, which the peer
     * itself added; a client can send the others.
     */
    public static String client(HttpServletRequest request) {
        HttpServletRequest received = received(request);
        String forwarded = Stream.of("X-Forwarded-For", "Forwarded")
                .flatMap(header -> Collections.list(received.getHeaders(header)).stream())
                .flatMap(value -> Arrays.stream(value.split(",")))
                .reduce("", (_, last) -> last)
                .strip();
        return peer(request) + " " + forwarded.substring(0, Math.min(forwarded.length(), LONGEST));
    }

    /** The request as the connection brought it, without what filters made of its headers. */
    private static HttpServletRequest received(HttpServletRequest request) {
        ServletRequest received = request;
        while (received instanceof ServletRequestWrapper wrapper) {
            received = wrapper.getRequest();
        }
        return (HttpServletRequest) received;
    }

    private static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address ipv6 && !ipv6.isLoopbackAddress()
                    ? HexFormat.of().formatHex(ipv6.getAddress(), 0, IPV6_NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException _) {
            return address;
        }
    }
}

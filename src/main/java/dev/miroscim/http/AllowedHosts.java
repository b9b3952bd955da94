package dev.miroscim.http;

import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The hosts at which answers may say that resources are. Anyone can write a Host or X-Forwarded-Host header, and an
 * address with another's host would send the reader of the answer there.
 */
@Component
class AllowedHosts {

    private static final Pattern NAME = Pattern.compile("(\\*\\.)?[a-z0-9._-]+|\\[[0-9a-f:.]+]");
    private static final Pattern IP_ADDRESS = Pattern.compile("[0-9.]+|\\[[0-9a-f:.]+]");

    private final List<String> names = new ArrayList<>();

    AllowedHosts(
            @Value("${miro.allowed-hosts:}") List<String> allowed, @Value("${miro.public-url:}") String publicUrl) {
        for (String name : allowed) {
            String folded = name.strip().toLowerCase(Locale.ROOT);
            if (!folded.isEmpty() && !NAME.matcher(folded).matches()) {
                throw new IllegalArgumentException("miro.allowed-hosts has '" + name
                        + "', which is not a host such as scim.example.com or *.example.com");
            }
            names.add(folded);
        }
        names.add(host(publicUrl.strip()).toLowerCase(Locale.ROOT));
        names.removeIf(String::isEmpty);
    }

    /**
     * Whether a host is listed, is that of {@code miro.public-url}, is this machine's loopback, or is the very address
     * to which the client connected.
     *
     * @param local the address of this end of the connection
     */
    boolean allow(@Nullable String host, String local) {
        if (host == null) {
            return false;
        }
        String folded = host.toLowerCase(Locale.ROOT);
        if (folded.equals("localhost") || names.stream().anyMatch(name -> matches(name, folded))) {
            return true;
        }
        InetAddress address = address(folded);
        return address != null && (address.isLoopbackAddress() || address.equals(address(literal(local))));
    }

    /** An address as it stands in a URL: IPv6 has brackets, and the network interface says nothing to others. */
    static String literal(String address) {
        return address.contains(":") ? "[" + address.replaceFirst("%.*", "") + "]" : address;
    }

    private static boolean matches(String name, String host) {
        return name.startsWith("*.")
                ? host.length() >= name.length() && host.endsWith(name.substring(1))
                : name.equals(host);
    }

    private static @Nullable InetAddress address(String host) {
        try {
            return IP_ADDRESS.matcher(host).matches() ? InetAddress.ofLiteral(host.replaceAll("[\\[\\]]", "")) : null;
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /** Uses the authority, because {@link URI} has no host for a name with an underscore. */
    private static String host(String url) {
        try {
            String authority = url.isEmpty() ? null : URI.create(url).getRawAuthority();
            return authority == null ? "" : authority.replaceFirst("^.*@", "").replaceFirst(":[0-9]*$", "");
        } catch (IllegalArgumentException e) {
            return ""; // the start fails elsewhere, with a better message
        }
    }
}

package dev.miroscim.emulator;

import static java.util.Objects.requireNonNull;

import dev.miroscim.access.TokenKind;
import java.io.PrintStream;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;
import org.springframework.util.StringUtils;

/**
 * Prints how to make the first request.
 *
 * <p>Uses the standard output and not the log, so that the command can be pasted as it is, and collected logs contain
 * no tokens. Where the log on the standard output is JSON, which must have nothing else between its lines, the message
 * is on the standard error.
 */
@Component
class StartupMessage {

    /** Each of these properties makes the server use TLS. */
    private static final List<String> CERTIFICATES =
            List.of("server.ssl.key-store", "server.ssl.certificate", "server.ssl.bundle");

    private final Environment environment;
    private final FirstOrganization organization;
    private final AdminPassword adminPassword;

    StartupMessage(Environment environment, FirstOrganization organization, AdminPassword adminPassword) {
        this.environment = environment;
        this.organization = organization;
        this.adminPassword = adminPassword;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            output(environment)
                    .println(message(
                            server(environment, port) + "/api/v1/scim",
                            listening(address(environment)),
                            Runtime.getRuntime().maxMemory(),
                            organization.token(TokenKind.SCIM),
                            organization.token(TokenKind.REST),
                            adminPassword.secret()));
        }
    }

    static PrintStream output(Environment environment) {
        return StringUtils.hasText(environment.getProperty("logging.structured.format.console"))
                ? System.err
                : System.out;
    }

    /** The server's address: the public one if it is set, else the one on this machine. */
    static String server(Environment environment, String port) {
        String publicUrl = environment.getProperty("miro.public-url", "").strip();
        if (!publicUrl.isEmpty()) {
            return publicUrl.replaceFirst("/+$", "");
        }
        boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && CERTIFICATES.stream().anyMatch(environment::containsProperty);
        InetAddress address = address(environment);
        String host = address.isAnyLocalAddress() || address.isLoopbackAddress()
                ? "localhost"
                : address instanceof Inet6Address ? "[" + address.getHostAddress() + "]" : address.getHostAddress();
        return (tls ? "https" : "http") + "://" + host + ":" + port;
    }

    private static InetAddress address(Environment environment) {
        try {
            return InetAddress.getByName(
                    environment.getProperty("server.address", "").strip());
        } catch (UnknownHostException e) {
            throw new IllegalStateException("The server listens at an address that is none", e);
        }
    }

    /** Who can reach the server. */
    static String listening(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return "on all addresses: every machine that reaches this one can call it";
        }
        return address.isLoopbackAddress()
                ? "on " + address.getHostAddress() + ": this machine alone; SERVER_ADDRESS=0.0.0.0 lets others in"
                : "on " + address.getHostAddress();
    }

    /** @param heap the most that Java's objects may need, in bytes */
    static String message(
            String baseUrl, String listening, long heap, Secret scimToken, Secret restToken, Secret adminPassword) {
        return """

                miro-scim is ready.

                  SCIM base URL   %s
                  listens         %s
                  heap limit      %d MB (java -Xmx)
                  SCIM token      %s
                  REST token      %s
                  admin password  %s

                  curl -H "Authorization: Bearer %s" %s/Groups
                """.formatted(
                        baseUrl,
                        listening,
                        heap >> 20,
                        shown(scimToken, "MIRO_SCIM_TOKEN"),
                        shown(restToken, "MIRO_REST_TOKEN"),
                        shown(adminPassword, "MIRO_ADMIN_PASSWORD"),
                        scimToken.generated() ? scimToken.value() : "$MIRO_SCIM_TOKEN",
                        baseUrl);
    }

    /** Shows only generated secrets: others are already known and may be confidential. */
    private static String shown(Secret secret, String variable) {
        return switch (secret.origin()) {
            case GENERATED -> requireNonNull(secret.value());
            case CONFIGURED -> "as configured ($" + variable + ")";
            case SEED -> "as in the seed";
            case KEPT -> "unchanged; only its hash is stored, set " + variable + " to replace it";
        };
    }
}

package dev.miroscim.emulator;

import static java.util.Objects.requireNonNull;

import dev.miroscim.access.TokenKind;
import java.util.List;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells whoever started the program how to make the first request.
 *
 * <p>On the standard output and not in the log, so that it can be pasted from as it is, and so that a log that is
 * collected somewhere holds no token.
 */
@Component
class StartupMessage {

    /** Any of which makes the server speak TLS. */
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
            System.out.println(message(
                    server(environment, port) + "/api/v1/scim",
                    organization.token(TokenKind.SCIM),
                    organization.token(TokenKind.REST),
                    adminPassword.secret()));
        }
    }

    /** How the server is reached, from this machine if nobody says from where else. */
    static String server(Environment environment, String port) {
        String publicUrl = environment.getProperty("miro.public-url", "").strip();
        if (!publicUrl.isEmpty()) {
            return publicUrl.replaceFirst("/+$", "");
        }
        boolean tls = environment.getProperty("server.ssl.enabled", Boolean.class, true)
                && CERTIFICATES.stream().anyMatch(environment::containsProperty);
        return (tls ? "https" : "http") + "://localhost:" + port;
    }

    static String message(String baseUrl, Secret scimToken, Secret restToken, Secret adminPassword) {
        return """

                miro-scim is ready.

                  SCIM base URL   %s
                  SCIM token      %s
                  REST token      %s
                  admin password  %s

                  curl -H "Authorization: Bearer %s" %s/Groups
                """.formatted(
                        baseUrl,
                        shown(scimToken, "MIRO_SCIM_TOKEN"),
                        shown(restToken, "MIRO_REST_TOKEN"),
                        shown(adminPassword, "MIRO_ADMIN_PASSWORD"),
                        scimToken.generated() ? scimToken.value() : "$MIRO_SCIM_TOKEN",
                        baseUrl);
    }

    /** A secret that is not new is known to whoever chose it, and may be worth hiding from others. */
    private static String shown(Secret secret, String variable) {
        return switch (secret.origin()) {
            case GENERATED -> requireNonNull(secret.value());
            case CONFIGURED -> "as configured ($" + variable + ")";
            case SEED -> "as in the seed";
            case KEPT -> "as before; stored as a hash only, set " + variable + " to replace it";
        };
    }
}

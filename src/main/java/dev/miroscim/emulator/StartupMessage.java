package dev.miroscim.emulator;

import dev.miroscim.emulator.InitialSecrets.Secret;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Tells whoever started the program how to make the first request.
 *
 * <p>On the standard output and not in the log, so that it can be pasted from as it is, and so that a log that is collected
 * somewhere holds no token.
 */
@Component
class StartupMessage {

    private final Environment environment;
    private final InitialSecrets secrets;

    StartupMessage(Environment environment, InitialSecrets secrets) {
        this.environment = environment;
        this.secrets = secrets;
    }

    @EventListener(ApplicationReadyEvent.class)
    void print() {
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            String publicUrl = environment.getProperty("miro.public-url", "").strip();
            String server = publicUrl.isEmpty() ? "http://localhost:" + port : publicUrl.replaceFirst("/+$", "");
            System.out.println(message(server + "/api/v1/scim"));
        }
    }

    String message(String baseUrl) {
        return """

                miro-scim is ready.

                  SCIM base URL   %s
                  SCIM token      %s
                  REST token      %s
                  admin password  %s

                  curl -H "Authorization: Bearer %s" %s/Groups
                """.formatted(
                        baseUrl,
                        shown(secrets.scimToken(), "MIRO_SCIM_TOKEN"),
                        shown(secrets.restToken(), "MIRO_REST_TOKEN"),
                        shown(secrets.adminPassword(), "MIRO_ADMIN_PASSWORD"),
                        secrets.scimToken().generated() ? secrets.scimToken().value() : "$MIRO_SCIM_TOKEN",
                        baseUrl);
    }

    /** A configured secret is known to whoever configured it, and may be worth hiding from others. */
    private static String shown(Secret secret, String variable) {
        return secret.generated() ? secret.value() : "as configured ($" + variable + ")";
    }
}

package dev.miroscim.emulator.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.emulator.AdminPassword;
import dev.miroscim.testkit.NewOrganization;
import dev.miroscim.testkit.Organization;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The admin password opens the control API and nothing else, and nothing else opens the control API. */
@MiroScimTest
@TestPropertySource(properties = "miro.admin-password=password-of-this-test-alone")
class EmulatorAccessTest {

    @Autowired
    ApplicationContext context;

    @Autowired
    AdminPassword password;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping endpoints;

    private Control control;
    private Organization acme;
    private int port;

    @BeforeEach
    void makeOrganization() {
        control = Control.of(context);
        // Wrong passwords of an earlier test may still have a consequence.
        await().until(() -> control.get("/clock").status() == 200);
        acme = control.admin().createOrganization(NewOrganization.named("Acme"));
        port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    /** A call below {@code /emulator}. */
    private record Endpoint(String method, String path) {}

    @Test
    void noTokenOpensIt() {
        String scim = String.valueOf(acme.scimToken());
        String rest = String.valueOf(acme.restToken());
        List<String> keys = List.of(
                "Bearer " + scim,
                "Bearer " + rest,
                scim,
                basic("admin", scim),
                basic("admin", rest),
                basic(scim, ""),
                basic("root", password.secret().value()),
                basic("admin", ""),
                "Bearer " + password.secret().value(),
                "Basic ?");
        List<Endpoint> all = Stream.concat(
                        endpoints(), Stream.of(new Endpoint("GET", ""), new Endpoint("GET", "/nothing")))
                .toList();

        assertThat(all)
                .hasSizeGreaterThan(25)
                .allSatisfy(endpoint -> assertThat(keys).allSatisfy(key -> {
                    Control.Answer answer =
                            control.send(endpoint.method(), endpoint.path(), null, "Authorization", key);
                    assertThat(answer.status()).isIn(401, 429);
                    assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
                    assertThat(answer.text())
                            .doesNotContain(scim, rest, password.secret().value());
                }));
    }

    @Test
    void thePasswordOpensNoPlane() {
        String admin = basic("admin", password.secret().value());
        ScimClient scim = new ScimClient(port, String.valueOf(password.secret().value()));
        RestClient rest = new RestClient(port, String.valueOf(password.secret().value()));

        assertThat(scim.get("/Users").status()).isEqualTo(401);
        assertThat(scim.send("GET", "/Users", null, "Authorization", admin).status())
                .isEqualTo(401);
        assertThat(rest.get("/v2/orgs/" + acme.id()).status()).isEqualTo(401);
        assertThat(rest.send("GET", "/v2/orgs/" + acme.id(), null, "Authorization", admin)
                        .status())
                .isEqualTo(401);
    }

    /** A browser that knows the password would send it along for any page. */
    @Test
    void whatNobodyCouldBeToldOf_isNotDone() {
        String teams = "/organizations/" + acme.id() + "/teams";

        assertThat(control.send("POST", teams, "{\"name\": \"Design\"}", "Accept", "text/html")
                        .status())
                .isEqualTo(406);

        assertThat(control.admin().teams(acme.id())).isEmpty();
    }

    @Test
    void pagesOfOtherSitesCannotUseIt() {
        assertThat(control.send("GET", "/clock", null, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(control.send("GET", "/clock", null, "Sec-Fetch-Site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(control.send("GET", "/clock", null, "Sec-Fetch-Site", "same-origin")
                        .status())
                .isEqualTo(200);
        assertThat(control.get("/clock").headers().firstValue("Set-Cookie")).isEmpty();
    }

    private Stream<Endpoint> endpoints() {
        return endpoints.getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream()
                        .filter(pattern -> pattern.startsWith("/emulator"))
                        .flatMap(pattern -> mapping.getMethodsCondition().getMethods().stream()
                                .map(method -> new Endpoint(
                                        method.name(),
                                        pattern.substring("/emulator".length()).replaceAll("\\{[^}]*}", acme.id())))));
    }

    private static String basic(String user, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }
}

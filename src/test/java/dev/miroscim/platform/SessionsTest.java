package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.error;
import static dev.miroscim.platform.Answers.ok;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

@MiroScimTest
class SessionsTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void aPersonsSessions_areReset_thoughThereAreNone() {
        TestOrganization acme =
                TestOrganization.in(context).member("bob+x@example.com").create();
        RestClient rest = acme.rest("sessions:delete");

        Answer reset = rest.post("/v2/sessions/reset_all?email=Bob%2Bx@example.com", null);

        ok(reset, 204);
        assertThat(reset.rules()).containsExactly("sessions-reset");
    }

    @Test
    void whoIsNotInTheOrganization_isNotFound() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        TestOrganization other =
                TestOrganization.in(context).member("eve@example.com").create();
        RestClient rest = acme.rest();

        error(rest.post("/v2/sessions/reset_all?email=eve@example.com", null), 404, "notFound");
        error(rest.post("/v2/sessions/reset_all?email=", null), 400, "invalidParameters");
        assertThat(rest.post("/v2/sessions/reset_all", null).status()).isEqualTo(400);
        ok(other.rest().post("/v2/sessions/reset_all?email=eve@example.com", null), 204);
    }
}

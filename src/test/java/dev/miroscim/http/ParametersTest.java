package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.AnswerAssert;
import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.TestOrganization;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Parameters that are there twice, or whose names mean something to Spring alone. */
@MiroScimTest
class ParametersTest {

    @Autowired
    private ApplicationContext context;

    private TestOrganization acme;

    @BeforeEach
    void makeOrganization() {
        acme = TestOrganization.in(context).member("ada@example.com").create();
    }

    @Test
    void repeated_ofScim() {
        AnswerAssert.assertThat(acme.scim().get("/Users?count=1&count=2"))
                .isError(400, "invalidValue", "The parameter count is repeated");
    }

    @ParameterizedTest
    @ValueSource(strings = {"cursor=a&cursor=b", "cursor&cursor", "limit=1&cursor=&cursor=", "cursor=1&cursor=1"})
    void repeated_ofRest(String query) {
        ScimClient.Answer answer = acme.rest().get(acme.path("/teams?" + query));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("message").asString()).isEqualTo("The parameter cursor is repeated");
    }

    @Test
    void repeated_ofTheControlApi() {
        Control.Answer answer = Control.of(context).get("/journal?limit=1&limit=2");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.detail()).isEqualTo("The parameter limit is repeated");
    }

    @Test
    void aListCanBeRepeated() {
        assertThat(acme.rest()
                        .get(acme.path("/members?emails=ada@example.com&emails=bob@example.com"))
                        .status())
                .isEqualTo(200);
    }

    /** They are like any name that the call does not have. */
    @ParameterizedTest
    @ValueSource(strings = {"since..=1", "since.=1", "since.a=1", "since%5B0%5D=1", "class.module=1", "_since=1"})
    void namesOfNestedProperties(String query) {
        assertThat(Control.of(context).get("/journal?limit=1&" + query).status())
                .isEqualTo(200);
    }
}

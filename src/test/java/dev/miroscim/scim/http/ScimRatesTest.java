package dev.miroscim.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.MiroRule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

@MiroScimTest
@TestPropertySource(properties = "miro.rate-limits=documented")
class ScimRatesTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void theSixthListOfGroupsInAWindow_isRefusedInMirosWords() {
        ScimClient scim = TestOrganization.in(context).team("Design").create().scim();
        for (int left = 4; left >= 0; left--) {
            Answer answer = scim.get("/Groups");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("5");
            assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(left));
        }

        Answer refused = scim.get("/Groups");

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text()).isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"429",\
                        "scimType":"tooManyRequests",\
                        "detail":"The user has sent too many requests in a given amount of time"}""");
        assertThat(refused.header("Retry-After")).matches("[1-9]|[12][0-9]|30");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("X-RateLimit-Reset")).matches("[0-9]{10}");
        assertThat(refused.rules()).containsExactly(MiroRule.RATE_LIMIT.id());
    }

    @Test
    void kindsOfCallsAndOrganisations_areCountedApart() {
        TestOrganization one = TestOrganization.in(context).team("Design").create();
        TestOrganization other = TestOrganization.in(context).team("Design").create();
        for (int i = 0; i < 6; i++) {
            one.scim().get("/Groups");
        }

        assertThat(one.scim().get("/Groups").status()).isEqualTo(429);
        assertThat(one.scim().get("/Groups/" + one.group("Design")).status()).isEqualTo(200);
        assertThat(one.scim().get("/Users").header("X-RateLimit-Limit")).isEqualTo("200");
        assertThat(other.scim().get("/Groups").status()).isEqualTo(200);
    }

    @Test
    void aLargePatchOfAGroup_countsAsLarge() {
        TestOrganization acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com")
                .create();
        String path = "/Groups/" + acme.group("Design");
        String operation = "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\""
                + acme.user("ada@example.com") + "\"}]}";

        assertThat(acme.scim().patchWith(path, operation).header("X-RateLimit-Limit"))
                .isEqualTo("100");
        assertThat(acme.scim().patchWith(path, operation + " ".repeat(500)).header("X-RateLimit-Limit"))
                .isEqualTo("5");
    }

    /** As Miro's page on rate limits has them; it has none for what only user groups can do. */
    @ParameterizedTest
    @CsvSource({
        "GET, /Users, 200",
        "HEAD, /Users, 200",
        "POST, /Users, 200",
        "GET, /Users/1, 200",
        "PUT, /Users/1, 100",
        "PATCH, /Users/1, 100",
        "DELETE, /Users/1, 20",
        "GET, /Groups, 5",
        "GET, /Groups/1, 20",
        "PATCH, /Groups/1, 100",
        "POST, /Groups, 100",
        "DELETE, /Groups/1, 20",
        // However the path is spelled
        "GET, /%47roups, 5",
        "GET, //Users/, 200"
    })
    void everyKindOfCall_hasItsLimit(String method, String path, int limit) {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"groupModel\": \"USER_GROUPS\"}")
                .create();

        Answer answer = acme.scim().send(method, path, method.startsWith("P") ? "{}" : null);

        assertThat(answer.header("X-RateLimit-Limit")).isEqualTo(Integer.toString(limit));
        assertThat(answer.header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(limit - 1));
        assertThat(answer.header("X-RateLimit-Reset")).matches("[0-9]{10}");
    }

    @Test
    void discovery_isNotLimited() {
        ScimClient scim = TestOrganization.in(context).create().scim();

        assertThat(scim.get("/ServiceProviderConfig").header("X-RateLimit-Limit"))
                .isNull();
    }

    @Test
    void creditsOfRest_areATokensOwn() {
        TestOrganization acme = TestOrganization.in(context).create();
        RestClient one = acme.rest();
        String missing = acme.path("/teams/1");
        for (int left = 98_000; left >= 0; left -= 2_000) {
            assertThat(one.delete(missing).header("X-RateLimit-Remaining")).isEqualTo(Integer.toString(left));
        }

        Answer refused = one.delete(missing);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.text())
                .isEqualTo("{\"status\":429,\"code\":\"tooManyRequests\","
                        + "\"message\":\"Request rate limit exceed\",\"type\":\"error\"}");
        assertThat(refused.rules()).containsExactly(MiroRule.RATE_LIMIT.id());
        assertThat(refused.header("Retry-After")).matches("[1-9]|[1-5][0-9]|60");
        assertThat(refused.header("X-RateLimit-Remaining")).isEqualTo("0");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("100000");
        assertThat(one.get(acme.path("/teams")).status()).isEqualTo(429);
        assertThat(acme.rest().get(acme.path("/teams")).status()).isEqualTo(200);
    }
}

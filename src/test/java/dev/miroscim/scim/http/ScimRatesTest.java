package dev.miroscim.scim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.access.RateLimits;
import dev.miroscim.access.RateLimits.Allowance;
import dev.miroscim.directory.MiroRule;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;

@MiroScimTest
@TestPropertySource(properties = "miro.rate-limits=documented")
class ScimRatesTest {

    @Autowired
    private ApplicationContext context;

    @Autowired
    private RateLimits limits;

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
        assertThat(refused.header("Retry-After")).matches("[1-9]|[1-5][0-9]|60");
        assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("100000");
        assertThat(one.get(acme.path("/teams")).status()).isEqualTo(429);
        assertThat(acme.rest().get(acme.path("/teams")).status()).isEqualTo(200);
    }

    @Test
    void callersAtOnce_getTogetherWhatOneWould() throws Exception {
        Allowance allowance = new Allowance("test:" + UUID.randomUUID(), 20, Duration.ofMinutes(1));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> answers = IntStream.range(0, 60)
                    .mapToObj(call ->
                            callers.submit(() -> limits.take(allowance, 1).granted()))
                    .toList();
            assertThat(Stream.of(answers.toArray(Future[]::new)).filter(ScimRatesTest::granted))
                    .hasSize(20);
        }
    }

    private static boolean granted(Future<?> answer) {
        try {
            return Boolean.TRUE.equals(answer.get());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}

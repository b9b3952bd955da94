package dev.miroscim.platform;

import static dev.miroscim.platform.Answers.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RestClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.TestPropertySource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

@MiroScimTest
@TestPropertySource(properties = "miro.rate-limits=documented")
class CreditsTest {

    private static final int PER_MINUTE = 100_000;

    /** The level of each call in Miro's reference, but for the bulk change, which has one for each item. */
    private static final String LEVELS = """
            1 GET /v1/oauth-token
            1 POST /v1/oauth/revoke
            1 POST /v2/oauth/revoke
            1 POST /v2/oauth2/revoke
            2 GET /v2/audit/logs
            1 GET /v2/boards
            1 GET /v2/boards/{board_id}
            3 POST /v2/sessions/reset_all
            1 GET /v2/orgs/{org_id}/default_teams_settings
            1 GET /v2/orgs/{org_id}/teams/{team_id}/settings
            2 PATCH /v2/orgs/{org_id}/teams/{team_id}/settings
            3 GET /v2/orgs/{org_id}
            3 GET /v2/orgs/{org_id}/members
            3 GET /v2/orgs/{org_id}/members/{member_id}
            1 GET /v2/orgs/{org_id}/teams
            1 POST /v2/orgs/{org_id}/teams
            1 GET /v2/orgs/{org_id}/teams/{team_id}
            1 PATCH /v2/orgs/{org_id}/teams/{team_id}
            4 DELETE /v2/orgs/{org_id}/teams/{team_id}
            2 GET /v2/orgs/{org_id}/teams/{team_id}/members
            2 POST /v2/orgs/{org_id}/teams/{team_id}/members
            1 GET /v2/orgs/{org_id}/teams/{team_id}/members/{member_id}
            2 PATCH /v2/orgs/{org_id}/teams/{team_id}/members/{member_id}
            1 DELETE /v2/orgs/{org_id}/teams/{team_id}/members/{member_id}
            1 GET /v2/orgs/{org_id}/groups
            1 POST /v2/orgs/{org_id}/groups
            1 GET /v2/orgs/{org_id}/groups/{group_id}
            1 PATCH /v2/orgs/{org_id}/groups/{group_id}
            4 DELETE /v2/orgs/{org_id}/groups/{group_id}
            1 GET /v2/orgs/{org_id}/groups/{group_id}/members
            1 POST /v2/orgs/{org_id}/groups/{group_id}/members
            1 GET /v2/orgs/{org_id}/groups/{group_id}/members/{member_id}
            4 DELETE /v2/orgs/{org_id}/groups/{group_id}/members/{member_id}
            1 GET /v2/orgs/{org_id}/groups/{group_id}/teams
            1 GET /v2/orgs/{org_id}/groups/{group_id}/teams/{team_id}
            1 GET /v2/orgs/{org_id}/teams/{team_id}/groups
            1 POST /v2/orgs/{org_id}/teams/{team_id}/groups
            1 GET /v2/orgs/{org_id}/teams/{team_id}/groups/{group_id}
            1 DELETE /v2/orgs/{org_id}/teams/{team_id}/groups/{group_id}
            """;

    private static final String BULK = "PATCH /v2/orgs/{org_id}/groups/{group_id}/members";

    private static final Map<Integer, Integer> CREDITS = Map.of(1, 50, 2, 100, 3, 500, 4, 2_000);

    @Autowired
    private ApplicationContext context;

    @Test
    void everyCall_takesWhatItsLevelSays() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        Map<String, Integer> expected = new TreeMap<>();
        LEVELS.lines().forEach(line -> expected.put(line.substring(2), CREDITS.get(line.charAt(0) - '0')));

        Map<String, Integer> taken = new TreeMap<>();
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> {
                    if (handler.getMethodAnnotation(RestCall.class) != null) {
                        String method = mapping.getMethodsCondition()
                                .getMethods()
                                .iterator()
                                .next()
                                .name();
                        for (String path : mapping.getPatternValues()) {
                            taken.put(method + " " + path, takenBy(acme, method, path));
                        }
                    }
                });

        assertThat(taken.remove(BULK))
                .as("of a change that is refused before it is counted")
                .isZero();
        assertThat(taken).containsExactlyEntriesOf(expected);
    }

    private static int takenBy(TestOrganization acme, String method, String path) {
        Answer answer = acme.rest()
                .send(
                        method,
                        path.replace("{org_id}", Long.toString(acme.id())).replaceAll("\\{.*?}", "1"),
                        method.startsWith("P") ? "{}" : null);
        Answers.assertRateLimits(answer);
        return PER_MINUTE - Integer.parseInt(answer.header("X-RateLimit-Remaining"));
    }

    @Test
    void aBulkChange_takesCreditsForEachItem_allOrNone() {
        TestOrganization acme = TestOrganization.create(context, "{}");
        RestClient rest = acme.rest();
        String members = acme.path("/groups/1/members");
        String many = "{\"membersToAdd\": [\"1\"" + ", \"1\"".repeat(498) + "], \"membersToRemove\": [\"2\"]}";

        for (int left = 75_000; left >= 0; left -= 25_000) {
            assertThat(rest.patch(members, many).header("X-RateLimit-Remaining"))
                    .isEqualTo(Integer.toString(left));
        }
        error(rest.patch(members, "{\"membersToAdd\": [\"1\"]}"), 429, "tooManyRequests");

        RestClient other = acme.rest();
        other.get(acme.path("/teams"));
        for (int call = 0; call < 3; call++) {
            other.patch(members, many);
        }
        error(other.patch(members, many), 429, "tooManyRequests");
        assertThat(other.get(acme.path("/teams")).header("X-RateLimit-Remaining"))
                .as("what was refused took nothing")
                .isEqualTo("24900");
    }
}

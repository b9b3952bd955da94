package dev.miroscim.scim.query;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.utils.FilterEvaluator;
import dev.miroscim.Campaign;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.people.OrganizationRole;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import dev.miroscim.directory.people.UserChanges.AdminRole;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/**
 * Random filters, answered by the database over HTTP and, over the resources themselves, by the UnboundID SDK: both
 * have to find the same people.
 */
@Campaign
@MiroScimTest
class FilterOracleTest {

    private static final long SEED = 7644;
    private static final int PEOPLE = 150;
    private static final int FILTERS = 1_000;

    private static final List<String> WORDS = List.of(
            "a",
            "Ada",
            "ADA",
            "bo",
            "Öz",
            "öz",
            "ä",
            "_",
            "%",
            "100%",
            "x_y",
            "\\",
            "r&d",
            "R&D lab",
            "E1",
            "e",
            "1",
            " ",
            "z",
            "The Boss");
    private static final List<String> TEAMS = List.of("Design", "Ops 100%", "R_D");
    private static final List<String> ROLES = List.of("Content Admin", "User Admin");
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private final Random random = new Random(SEED);

    /** The same filter for us and for the SDK, which differ in what they do with several values. */
    private record Twin(String ours, String theirs) {

        Twin(String both) {
            this(both, both);
        }
    }

    @Test
    void randomFilters_findWhomTheyDescribe(@Autowired ApplicationContext context) throws ScimException {
        TestOrganization acme = people(context);
        List<JsonNode> everybody = acme.scim().get("/Users?count=1000").resources();
        assertThat(everybody).hasSize(PEOPLE);
        List<String> ids =
                everybody.stream().map(user -> user.path("id").asString()).toList();
        List<String> groups = TEAMS.stream().map(acme::group).toList();
        int some = 0;
        for (int i = 0; i < FILTERS; i++) {
            Twin filter = filter(random.nextInt(4), ids, groups);
            Answer answer = acme.scim()
                    .get("/Users?attributes=id&count=1000&filter="
                            + URLEncoder.encode(filter.ours(), StandardCharsets.UTF_8));
            assertThat(answer.status())
                    .as("%s: %s", filter.ours(), answer.text())
                    .isEqualTo(200);
            List<String> found = answer.resources().stream()
                    .map(user -> user.path("id").asString())
                    .toList();
            List<String> expected = new ArrayList<>();
            for (JsonNode user : everybody) {
                if (FilterEvaluator.evaluate(Filter.fromString(filter.theirs()), user)) {
                    expected.add(user.path("id").asString());
                }
            }
            assertThat(found).as(filter.ours()).isEqualTo(expected);
            some += found.isEmpty() || found.size() == PEOPLE ? 0 : 1;
        }
        // Otherwise the filters would be no test.
        assertThat(some).isGreaterThan(FILTERS / 2);
    }

    private TestOrganization people(ApplicationContext context) {
        TestOrganization.Builder acme = TestOrganization.in(context).settings("{\"userSchemas\": \"WITH_EXTENSION\"}");
        TEAMS.forEach(acme::team);
        for (int i = 0; i < PEOPLE; i++) {
            acme.person(
                    "%s%d@%s".formatted(one("ada", "Bob", "ÖZ", "x_y", "50%"), i, one("example.com", "Example.org")),
                    this::describe,
                    TEAMS.stream().filter(_ -> random.nextInt(3) == 0).toArray(String[]::new));
        }
        return acme.create();
    }

    private UserChanges describe(UserChanges details) {
        details.set(UserAttribute.DISPLAY_NAME, one("Ada Öz", "ada", "Bob x_y", "100% sure", "Änne \\ Z", "R&D lab"))
                .set(UserAttribute.USER_TYPE, License.values()[random.nextInt(License.values().length)].wireName())
                .setActive(random.nextInt(4) > 0);
        for (UserAttribute attribute : List.of(
                UserAttribute.PREFERRED_LANGUAGE,
                UserAttribute.PHOTO,
                UserAttribute.EMPLOYEE_NUMBER,
                UserAttribute.COST_CENTER,
                UserAttribute.ORGANIZATION,
                UserAttribute.DIVISION,
                UserAttribute.DEPARTMENT,
                UserAttribute.MANAGER_NAME)) {
            if (random.nextInt(3) > 0) {
                details.set(attribute, one("a", "Ada", "Öz", "x_y", "100%", "R&D", "r&d lab", "E1", "The Boss", "z\\"));
            }
        }
        if (random.nextInt(3) == 0) {
            details.set(UserAttribute.MANAGER, one("1", "17", "3458764577585056871"));
        }
        if (random.nextInt(5) == 0) {
            details.setOrganizationRole(OrganizationRole.INTERNAL_ADMIN.wireName());
        }
        if (random.nextInt(4) == 0) {
            details.setAdminRoles(ROLES.stream()
                    .filter(_ -> random.nextBoolean())
                    .map(role -> new AdminRole(role, true))
                    .toList());
        }
        return details;
    }

    private Twin filter(int depth, List<String> ids, List<String> groups) {
        if (depth == 0) {
            return condition(ids, groups);
        }
        Twin left = filter(depth - 1, ids, groups);
        return switch (random.nextInt(3)) {
            case 0 -> new Twin("not (" + left.ours() + ")", "not (" + left.theirs() + ")");
            case 1 -> joined(left, " and ", filter(random.nextInt(depth), ids, groups));
            default -> joined(left, " or ", filter(random.nextInt(depth), ids, groups));
        };
    }

    private static Twin joined(Twin left, String word, Twin right) {
        return new Twin(
                "(" + left.ours() + ")" + word + "(" + right.ours() + ")",
                "(" + left.theirs() + ")" + word + "(" + right.theirs() + ")");
    }

    private Twin condition(List<String> ids, List<String> groups) {
        String text = one(
                "userName",
                "displayName",
                "name.formatted",
                "name.givenName",
                "name.familyName",
                "userType",
                "preferredLanguage",
                "nickName",
                ENTERPRISE + ":employeeNumber",
                ENTERPRISE + ":costCenter",
                ENTERPRISE + ":organization",
                ENTERPRISE + ":division",
                ENTERPRISE + ":department",
                ENTERPRISE + ":manager.displayName");
        return switch (random.nextInt(14)) {
            case 0, 1, 2, 3, 4 -> new Twin(text + " " + operator() + " " + word());
            case 5 -> new Twin(text + " pr");
            case 6 -> new Twin(text + one(" eq null", " ne null"));
            case 7 -> new Twin("active " + one("eq", "ne") + " " + random.nextBoolean());
            case 8 -> new Twin("id " + one("eq", "ne", "gt", "le") + " \"" + one(ids) + "\"");
            case 9 -> new Twin(ENTERPRISE + ":manager.value " + one("eq", "ne", "sw") + " " + one("\"1\"", "\"17\""));
            case 10 -> several("groups", one("value", "display"), one(groups));
            case 11 -> several("roles", one("value", "display", "type"), one(ROLES));
            case 12 -> several(one("emails", "photos"), one("value", "type"), one(WORDS));
            default ->
                new Twin(one(
                        "groups pr",
                        "photos pr",
                        "roles[primary eq true and value co \"admin\"]",
                        "roles[primary eq false]",
                        "roles[not (value sw \"organization\")]",
                        "emails[type eq \"work\" and value co \"ada\"]",
                        "groups[display sw \"r\" or display ew \"%\"]",
                        "schemas co \"enterprise\"",
                        "meta.resourceType eq \"user\"",
                        ENTERPRISE + ":manager pr"));
        };
    }

    /**
     * Of several values one is enough (RFC 7644, section 3.4.2.2). The SDK has it so for all operators but {@code ne},
     * which it takes for the opposite of {@code eq}.
     */
    private Twin several(String attribute, String part, String value) {
        String operator = operator();
        String literal = random.nextBoolean() ? quoted(value) : word();
        String path = attribute + "." + part;
        String ours = path + " " + operator + " " + literal;
        return operator.equals("ne")
                ? new Twin(ours, "(not (" + attribute + " pr) or " + attribute + "[" + part + " ne " + literal + "])")
                : new Twin(ours);
    }

    private String operator() {
        return one("eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le");
    }

    private String word() {
        return quoted(
                random.nextInt(4) == 0
                        ? one("Full", "Free Restricted", "Organization_Internal_Admin", "work")
                        : one(WORDS));
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\") + "\"";
    }

    private String one(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}

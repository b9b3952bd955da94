package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.organizations.OrganizationSettings;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What the README says is what happens. */
@MiroScimTest
@Isolated("sets the clock")
class ReadmeTest {

    @Autowired
    private ApplicationContext context;

    @Test
    void theWalkWorksWordForWord() throws IOException, InterruptedException {
        TestOrganization organization = TestOrganization.in(context)
                .defaultTeam("Everyone")
                .team("Engineering Support")
                .team("Design")
                .teamAdmin("ada@example.com", "Engineering Support", "Everyone")
                .create();

        List<String> walk = Page.README.commands("walk");
        String output = Page.run(Map.of("BASE", organization.scim().baseUrl(), "TOKEN", organization.token()), walk);

        assertThat(walk).hasSize(6);
        assertThat(output)
                .contains("\"displayName\":\"Engineering Support\"")
                .containsIgnoringCase("x-miro-rule: group-name-apart-from-team-name")
                .contains("\"totalResults\":0")
                .contains("\"userName\":\"grace.hopper@example.com\"")
                .contains("\"active\":false")
                .contains("204")
                .doesNotContain("\"status\":\"4")
                .doesNotContain("\"status\":\"5");
        assertThat(organization
                        .scim()
                        .get("/Groups?filter=displayName eq \"Support Engineers\"")
                        .resources())
                .singleElement()
                .satisfies(group -> assertThat(group.path("members")).hasSize(1));
    }

    @Test
    void theControlApiWorksWordForWord() throws IOException, InterruptedException {
        Control control = Control.of(context);
        Map<String, String> variables = Map.of("EMULATOR", control.url(), "PASSWORD", control.password());

        assertThat(Page.run(variables, Page.README.commands("run")))
                .contains("\"displayName\":\"Design\"")
                .contains("\"path\":\"/api/v1/scim/Groups\"")
                .contains("\"offset\":\"PT40M\"");
        assertThat(Page.run(variables, Page.of("docs/emulator.md").commands("run")))
                .contains("\"userName\":\"ada@example.com\"")
                .contains("\"userGroups\":[{\"name\":\"Readers\"")
                .contains("\"kind\":\"rest\"")
                .contains("\"securityGroup\":\"sales-sync\"")
                .contains("\"email\":\"gil@example.org\",\"license\":\"Full\",\"active\":false")
                .contains("\"rule\":\"user-name-is-email\"")
                .contains("event:call")
                .containsIgnoringCase("HTTP/1.1 429")
                .containsIgnoringCase("retry-after: 2")
                .contains("\"userName\":\"grace@example.com\"")
                .contains("\"connection\":\"reset\",\"hits\":1}")
                .contains("\"now\":\"2031-01-01T00:00:00Z\"");
        assertThat(control.admin().time().offset()).isEqualTo("PT0S");
    }

    @Test
    void theOperationWorksWordForWord() throws IOException, InterruptedException {
        Control control = Control.of(context);

        String output = Page.run(
                Map.of("SERVER", control.url().replace("/emulator", ""), "PASSWORD", control.password()),
                Page.of("docs/operation.md").commands("run"));

        assertThat(output)
                .containsPattern("(?s)\\{\"status\":\"UP\"} 200.*\\{\"status\":\"UP\"} 200")
                .contains("miro_database_up 1.0")
                .contains("\"requestId\":\"order-4711\"");
    }

    @Test
    void theRestApiWorksWordForWord() throws IOException, InterruptedException {
        TestOrganization organization =
                TestOrganization.in(context).defaultTeam("Everyone").create();
        Control control = Control.of(context);

        String output = Page.run(
                Map.of(
                        "API", control.url().replace("/emulator", ""),
                        "SCIM_TOKEN", organization.token(),
                        "REST_TOKEN", context.getBean(AccessTokens.class).generate(organization.id(), TokenKind.REST),
                        "PASSWORD", control.password()),
                Page.of("docs/rest.md").commands("run"));

        assertThat(output)
                .contains("\"type\":\"oAuthToken\"")
                .contains("\"displayName\":\"Research\"")
                .contains("\"email\":\"ada.research@example.com\"")
                .containsIgnoringCase("x-miro-rule: last-team-admin")
                .containsIgnoringCase("x-miro-rule: token-scopes")
                .contains("\"type\":\"user-group-team\"")
                .contains("\"groupModel\":\"USER_GROUPS\"")
                .contains("\"event\":\"user_group_deleted\"")
                .contains("HTTP/1.1 204");
    }

    @Test
    void theRulesAreAllThere() {
        String rows = Arrays.stream(MiroRule.values())
                .map(rule -> "| `%s` | %s | [%s](%s) |"
                        .formatted(
                                rule.id(),
                                rule.sentence(),
                                rule.confidence().name().toLowerCase(Locale.ROOT),
                                rule.source()))
                .collect(Collectors.joining("\n"));

        assertThat(Page.README.section("rules")).isEqualTo("| rule | what it says | |\n| --- | --- | --- |\n" + rows);
    }

    @Test
    void theSettingsAreAllThere() {
        List<String> settings = Arrays.stream(OrganizationSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        List<String> documented = Pattern.compile("^\\| `(\\w+)`", Pattern.MULTILINE)
                .matcher(Page.README.section("settings"))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(documented).containsExactlyElementsOf(settings);
    }

    @Test
    void theSeedCanBePlanted() {
        String seed = Page.README.section("seed").replaceAll("(?m)^```.*$", "");

        TestOrganization acme = TestOrganization.seeded(context, seed);

        assertThat(acme.token()).isEqualTo("acme-scim-token");
        assertThat(acme.user("bob@example.com")).isEqualTo("3458764500000000001");
        assertThat(acme.scim()
                        .get("/Groups/" + acme.group("Design"))
                        .body()
                        .path("displayName")
                        .asString())
                .isEqualTo("design-sync");
    }

    @Test
    void theVersionIsThatOfTheBuild() throws IOException {
        String version =
                firstMatch("<artifactId>miro-scim</artifactId>\\s*<version>(.*?)</version>", Path.of("pom.xml"));

        assertThat(Pattern.compile("<version>(.*?)</version>")
                        .matcher(Files.readString(Page.README.path()))
                        .results()
                        .map(dependency -> dependency.group(1)))
                .hasSize(2)
                .containsOnly(version);
        assertThat(firstMatch("<miro-scim.version>(.*?)</", Path.of("src/test/consumer/pom.xml")))
                .isEqualTo(version);
    }

    @Test
    void theTestKitsExamplesAreThoseThatARealProjectRuns() throws IOException {
        Path tests = Path.of("src/test/consumer/src/test/java/example");

        assertThat(Files.readString(tests.resolve("ProvisioningTest.java"))).contains(Page.README.java("extension"));
        assertThat(Files.readString(tests.resolve("ProvisioningInContainerTest.java")))
                .contains(Page.README.java("container").indent(4).replaceAll("(?m)^ +$", ""));
    }

    private static String firstMatch(String pattern, Path file) throws IOException {
        return Pattern.compile(pattern)
                .matcher(Files.readString(file))
                .results()
                .findFirst()
                .orElseThrow()
                .group(1);
    }
}

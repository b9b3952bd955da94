package dev.miroscim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.OrganizationSettings;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What the README says is what happens. */
@MiroScimTest
class ReadmeTest {

    private static final Path README = Path.of("README.md");

    @Autowired
    private ApplicationContext context;

    @Test
    void theWalkWorksWordForWord() throws IOException, InterruptedException {
        assumeTrue(isOnPath("bash") && isOnPath("curl"), "the walk is for bash and curl");
        TestOrganization organization = TestOrganization.in(context)
                .defaultTeam("Everyone")
                .team("Engineering Support")
                .team("Design")
                .teamAdmin("ada@example.com", "Engineering Support", "Everyone")
                .create();

        List<String> walk = commands(README, "walk");
        String output = run(Map.of("BASE", organization.scim().baseUrl(), "TOKEN", organization.token()), walk);

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
        assumeTrue(isOnPath("bash") && isOnPath("curl"), "the commands are for bash and curl");
        Control control = Control.of(context);
        Map<String, String> variables = Map.of("EMULATOR", control.url(), "PASSWORD", control.password());

        assertThat(run(variables, commands(README, "run")))
                .contains("\"displayName\":\"Design\"")
                .contains("\"path\":\"/api/v1/scim/Groups\"")
                .contains("\"offset\":\"PT40M\"");
        assertThat(run(variables, commands(Path.of("docs/emulator.md"), "run")))
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
    void theRulesAreAllThere() throws IOException {
        String rows = Arrays.stream(MiroRule.values())
                .map(rule -> "| `%s` | %s | [%s](%s) |"
                        .formatted(
                                rule.id(),
                                rule.sentence(),
                                rule.confidence().name().toLowerCase(Locale.ROOT),
                                rule.source()))
                .collect(Collectors.joining("\n"));

        assertThat(section("rules")).isEqualTo("| rule | what it says | |\n| --- | --- | --- |\n" + rows);
    }

    @Test
    void theSettingsAreAllThere() throws IOException {
        List<String> settings = Arrays.stream(OrganizationSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();

        List<String> documented = Pattern.compile("^\\| `(\\w+)`", Pattern.MULTILINE)
                .matcher(section("settings"))
                .results()
                .map(row -> row.group(1))
                .toList();

        assertThat(documented).containsExactlyElementsOf(settings);
    }

    @Test
    void theSeedCanBePlanted() throws IOException {
        String seed = section("seed").replaceAll("(?m)^```.*$", "");

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
    void theTestKitsExamplesAreThoseThatARealProjectRuns() throws IOException {
        Path tests = Path.of("src/test/consumer/src/test/java/example");

        assertThat(Files.readString(tests.resolve("ProvisioningTest.java"))).contains(example("extension"));
        assertThat(Files.readString(tests.resolve("ProvisioningInContainerTest.java")))
                .contains(example("container").indent(4).replaceAll("(?m)^ +$", ""));
    }

    private static String example(String marker) throws IOException {
        Matcher block = Pattern.compile("<!-- %s -->\n```java\n(.*?)```".formatted(marker), Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(block.find()).as("an example of the %s", marker).isTrue();
        return block.group(1);
    }

    /** The commands of a page in their order. */
    private static List<String> commands(Path page, String marker) throws IOException {
        return Pattern.compile("<!-- %s -->\n```sh\n(.*?)```".formatted(marker), Pattern.DOTALL)
                .matcher(Files.readString(page))
                .results()
                .map(block -> block.group(1))
                .toList();
    }

    private static String run(Map<String, String> variables, List<String> commands)
            throws IOException, InterruptedException {
        ProcessBuilder bash = new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", String.join("\n", commands))
                .redirectErrorStream(true);
        bash.environment().putAll(variables);
        Process process = bash.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }

    private static String section(String name) throws IOException {
        Matcher section = Pattern.compile("<!-- %1$s -->\n(.*?)\n<!-- /%1$s -->".formatted(name), Pattern.DOTALL)
                .matcher(Files.readString(README));
        assertThat(section.find()).as("a section '%s' in %s", name, README).isTrue();
        return section.group(1).strip();
    }

    private static boolean isOnPath(String program) {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}

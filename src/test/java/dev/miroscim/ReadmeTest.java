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

        String output = run(organization, String.join("\n", walk()));

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

    private static List<String> walk() throws IOException {
        Matcher blocks = Pattern.compile("<!-- walk -->\n```sh\n(.*?)```", Pattern.DOTALL)
                .matcher(Files.readString(README));
        List<String> walk = blocks.results().map(block -> block.group(1)).toList();
        assertThat(walk).hasSize(6);
        return walk;
    }

    private static String run(TestOrganization organization, String script) throws IOException, InterruptedException {
        ProcessBuilder bash =
                new ProcessBuilder("bash", "-eu", "-o", "pipefail", "-c", script).redirectErrorStream(true);
        bash.environment().put("BASE", organization.scim().baseUrl());
        bash.environment().put("TOKEN", organization.token());
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

package dev.miroscim.emulator.seed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.miroscim.directory.organizations.License;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.emulator.seed.SeedDocument.Organization;
import dev.miroscim.emulator.seed.SeedDocument.Person;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import dev.miroscim.emulator.seed.SeedDocument.Role;
import dev.miroscim.emulator.seed.SeedDocument.Tokens;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class SeedReaderTest {

    @Test
    void read_everyField() {
        SeedDocument seed = read("""
                organizations:
                  - name: Acme
                    universe: east
                    settings:
                      scimEnabled: no
                      createGuest: refuse
                      licenses: [full, FREE_RESTRICTED]
                      seats: {Full: 10}
                      customAdminRoles: [Auditor]
                    tokens: {scim: one, rest: two}
                    teams:
                      - {id: 17, name: Design, securityGroup: design-sync, default: true}
                    people:
                      - id: "18"
                        email: ada@example.com
                        name: Ada Lovelace
                        givenName: Ada
                        familyName: Lovelace
                        role: companyAdmin
                        license: full
                        active: false
                        registered: off
                        lastActivityAt: 2026-03-01T10:00:00+01:00
                        adminRoles: [auditor, Content Admin]
                        teams: [{name: design, role: admin}]
                        photo: https://example.com/a.png
                        language: no
                        employeeNumber: 007
                        costCenter: c
                        organization: o
                        division: d
                        department: e
                        manager: 1234
                        managerName: Charles
                      - {email: gil@example.org, role: ORGANIZATION_EXTERNAL_USER, teams: [Design], manager: ADA@example.com}
                    userGroups:
                      - {id: 19, name: Readers, description: Who reads, members: [Ada@example.com], teams: [design]}
                    boards:
                      - {name: Plan, team: Design, owner: ada@example.com}
                """);

        Organization acme = seed.organizations().getFirst();
        assertThat(acme.name()).isEqualTo("Acme");
        assertThat(acme.universe()).isEqualTo("east");
        assertThat(acme.settings().scimEnabled()).isFalse();
        assertThat(acme.settings().createGuest()).isEqualTo(OrganizationSettings.Policy.REFUSE);
        assertThat(acme.settings().createDeactivated()).isEqualTo(OrganizationSettings.Policy.REFUSE);
        assertThat(acme.settings().licenses()).containsExactlyInAnyOrder(License.FULL, License.FREE_RESTRICTED);
        assertThat(acme.settings().seats()).isEqualTo(Map.of(License.FULL, 10));
        assertThat(acme.tokens()).isEqualTo(new Tokens("one", "two")).hasToString("Tokens[scim=…, rest=…]");
        assertThat(acme.teams()).containsExactly(new SeedDocument.Team(17L, "Design", "design-sync", true));
        assertThat(acme.people().getFirst())
                .isEqualTo(new Person(
                        18L,
                        "ada@example.com",
                        "Ada Lovelace",
                        "Ada",
                        "Lovelace",
                        Role.COMPANY_ADMIN,
                        License.FULL,
                        false,
                        false,
                        Instant.parse("2026-03-01T09:00:00Z"),
                        List.of("auditor", "Content Admin"),
                        List.of(new Place("design", TeamRole.ADMIN)),
                        Map.of(
                                UserAttribute.PHOTO, "https://example.com/a.png",
                                UserAttribute.PREFERRED_LANGUAGE, "no",
                                UserAttribute.EMPLOYEE_NUMBER, "007",
                                UserAttribute.COST_CENTER, "c",
                                UserAttribute.ORGANIZATION, "o",
                                UserAttribute.DIVISION, "d",
                                UserAttribute.DEPARTMENT, "e",
                                UserAttribute.MANAGER, "1234",
                                UserAttribute.MANAGER_NAME, "Charles")));
        assertThat(acme.people().get(1).role()).isEqualTo(Role.GUEST);
        assertThat(acme.people().get(1).teams()).containsExactly(new Place("Design", null));
        assertThat(acme.userGroups())
                .containsExactly(new SeedDocument.UserGroup(
                        19L, "Readers", "Who reads", List.of("Ada@example.com"), List.of("design")));
        assertThat(acme.boards()).containsExactly(new SeedDocument.Board("Plan", "Design", "ada@example.com"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "name: Acme",
                "people:",
                "organizations: [{}]",
                "\uFEFFname: Acme",
                "{\"name\": \"Acme\", \"people\": [{\"email\": \"a@example.com\", \"photo\": \"https:\\/\\/example.com\"}]}",
                "{\n\t\"name\": \"\\u00e9\\ud83d\\ude00 \\\"x\\\\\\/y\\\"\"\n}"
            })
    void read_whatMayBeLeftOut(String text) {
        assertThat(read(text).organizations()).hasSize(1);
    }

    @Test
    void read_json() {
        Organization acme = read("{\"name\": \"\\u00e9\\ud83d\\ude00 \\\\\\/ \\/\"}")
                .organizations()
                .getFirst();

        assertThat(acme.name()).isEqualTo("é😀 \\/ /");
    }

    @Test
    void read_whatWasWritten() {
        SeedDocument seed = SeedReader.builtIn();

        String written = JsonMapper.builder().build().writeValueAsString(seed);

        assertThat(SeedReader.read("written", written)).isEqualTo(seed);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("", "line 1: the seed is empty"),
                arguments("# nothing", "line 1: the seed is empty"),
                arguments("[a]", "line 1: must have fields, such as 'name:'"),
                arguments(
                        "name: [a\nteams: []",
                        "line 2: not valid YAML while parsing a flow sequence: expected ',' or ']', but got :"),
                arguments(
                        "a: 1\n---\nb: 1",
                        "line 2: not valid YAML expected a single document in the stream: but found another document"),
                arguments("name: !!java.net.URL [x]", "line 1: name: YAML tags are not supported"),
                arguments("name: !text x", "line 1: name: YAML tags are not supported"),
                arguments("people: &a [*a]", "line 1: not valid YAML: no part before the alias has the anchor a"),
                arguments("organizations: []", "line 1: organizations: must have at least one organisation"),
                arguments("\norganisations: []", "line 2: organisations: unknown field; did you mean 'organizations'?"),
                arguments("name: A\nname: B", "line 2: name: the field appears twice"),
                arguments("name: {first: A}", "line 1: name: must be a single value"),
                arguments("name: ' '", "line 1: name: is empty"),
                arguments(
                        "xyz: 1",
                        "line 1: xyz: unknown field; there are name, settings, tokens, universe, teams, people, userGroups, boards"),
                // Settings
                arguments("settings:\n  seat: {}", "line 2: settings.seat: unknown field; did you mean 'seats'?"),
                arguments(
                        "settings:\n  scimEnabled: maybe",
                        "line 2: settings.scimEnabled: 'maybe' is neither true nor false"),
                arguments("settings: {seats: {Full: -1}}", "line 1: settings.seats.Full: cannot be less than 0"),
                arguments(
                        "settings: {seats: {Full: many}}", "line 1: settings.seats.Full: 'many' is not a whole number"),
                arguments("settings: {seats: {Full: }}", "line 1: settings.seats.Full: has no value"),
                arguments(
                        "settings: {seats: {Fulll: 1}}",
                        "line 1: settings.seats.Fulll: 'Fulll' is not one of Free Restricted, Free, Basic, Full (Trial), Standard,"
                                + " Full, Advanced; did you mean 'Full'?"),
                arguments(
                        "settings: {createGuest: maybe}",
                        "line 1: settings.createGuest: 'maybe' is not one of REFUSE, ALLOW"),
                arguments("settings: {allowedDomains: '*'}", "line 1: settings.allowedDomains: must be a list"),
                arguments(
                        "settings: {claimedDomains: [a@b]}",
                        "line 1: settings.claimedDomains[0]: 'a@b' is neither a domain nor '*'"),
                arguments(
                        "settings: {flexibleDefaultLicense: Full}",
                        "line 1: settings.flexibleDefaultLicense: can only be Free or Free Restricted"),
                arguments(
                        "settings: {customAdminRoles: [A, a]}",
                        "line 1: settings.customAdminRoles[1]: 'a' is named twice"),
                arguments(
                        "tokens:\n  scim: two words",
                        "line 2: tokens.scim: a token must have 1 to 512 visible ASCII characters and no spaces"),
                arguments("tokens:\n  scim: x\n  rest: x", "line 3: tokens.rest: the seed has this token twice"),
                // Teams
                arguments("teams:\n  - default: true", "line 2: teams[0].name: is required"),
                arguments("teams: [Design]", "line 1: teams[0]: must have fields, such as 'id:'"),
                arguments(
                        "teams: [{name: A}, {name: a, securityGroup: b}]",
                        "line 1: teams[1].name: another team of the organisation is called 'a'"),
                arguments(
                        "teams: [{name: A}, {name: B, securityGroup: a}]",
                        "line 1: teams[1].securityGroup: another security group of the organisation is called 'a'"),
                arguments(
                        "teams: [{name: A, id: 1}, {name: B, id: 1}]",
                        "line 1: teams[1].id: another team in the seed has this id"),
                arguments("teams: [{name: A, id: 0}]", "line 1: teams[0].id: must be greater than 0"),
                arguments(
                        "teams: [{name: " + "n".repeat(61) + "}]",
                        "line 1: teams[0].name: has 61 characters; at most 60 are allowed"),
                // People
                arguments("people:\n  - name: A", "line 2: people[0].email: is required"),
                arguments("people:\n  -", "line 2: people[0]: has no value"),
                arguments("people:\n  - emial: a@example.com", """
                        line 2: people[0].emial: unknown field; did you mean 'email'?
                        line 2: people[0].email: is required"""),
                arguments("people:\n  - email: a", "line 2: people[0].email: 'a' is not an e-mail address"),
                arguments(
                        "people:\n  - email: a@x\n  - email: A@X",
                        "line 3: people[1].email: 'A@X' is already in the organisation"),
                arguments(
                        "people:\n  - email: a@x\n    role: chief",
                        "line 3: people[0].role: 'chief' is not one of member, companyAdmin, guest, teamGuest"),
                arguments("people:\n  - email: a@x\n    license: Enterprise", """
                        line 3: people[0].license: 'Enterprise' is not one of Free Restricted, Free, Basic, Full (Trial), \
                        Standard, Full, Advanced"""),
                arguments(
                        "settings: {licenses: [Full]}\npeople: [{email: a@x, license: Basic}]",
                        "line 2: people[0].license: the organisation's settings.licenses do not include 'Basic'"),
                arguments(
                        "people: [{email: a@x, active: 'y'}]",
                        "line 1: people[0].active: 'y' is neither true nor false"),
                arguments(
                        "people: [{email: a@x, lastActivityAt: 2026-03-01}]",
                        "line 1: people[0].lastActivityAt: '2026-03-01' is not a time such as 2026-03-01T09:00:00Z"),
                arguments(
                        "people: [{email: a@x, lastActivityAt: +12026-03-01T09:00:00Z}]",
                        "line 1: people[0].lastActivityAt: '+12026-03-01T09:00:00Z' is not a time such as"
                                + " 2026-03-01T09:00:00Z"),
                arguments("people: [{email: a@x, id: 1.5}]", "line 1: people[0].id: '1.5' is not a whole number"),
                arguments(
                        "people: [{email: a@x, id: 1}, {email: b@x, id: 1}]",
                        "line 1: people[1].id: another person in the seed has this id"),
                arguments(
                        "organizations:\n- people: [{email: a@x, id: 1}]\n- people: [{email: a@x, id: 2}]",
                        "line 3: organizations[1].people[0].id: the same person has the id 1 in another organisation"),
                arguments(
                        "teams: [{name: Design}]\npeople:\n  - email: a@x\n    teams:\n    - Desing",
                        "line 5: people[0].teams[0]: the organisation has no team 'Desing'; did you mean 'Design'?"),
                arguments(
                        "teams: [{name: A}]\npeople: [{email: a@x, teams: [A, a]}]",
                        "line 2: people[0].teams[1]: 'a' is named twice"),
                arguments(
                        "people: [{email: a@x, teams: [{role: admin}]}]",
                        "line 1: people[0].teams[0].name: is required"),
                arguments("people: [{email: a@x, teams: [{name: A, role: king}]}]", """
                        line 1: people[0].teams[0].role: 'king' is not one of ADMIN, MEMBER, NON_TEAM, TEAM_GUEST
                        line 1: people[0].teams[0]: the organisation has no team 'A'"""),
                arguments(
                        "people: [{email: a@x, adminRoles: [Boss]}]",
                        "line 1: people[0].adminRoles[0]: 'Boss' is neither an admin role of Miro (Content Admin, User Admin, Security Admin) nor in settings.customAdminRoles"),
                arguments(
                        "people: [{email: a@x, role: guest, adminRoles: [User Admin]}]",
                        "line 1: people[0].adminRoles: guests cannot have admin roles"),
                arguments(
                        "people: [{email: a@x, manager: b@x}]",
                        "line 1: people[0].manager: nobody in the seed has the e-mail address 'b@x'"),
                arguments(
                        "people: [{email: a@x, manager: Bob}]",
                        "line 1: people[0].manager: 'Bob' is neither an e-mail address nor a number"),
                arguments(
                        "people: [{email: a@x, employeeNumber: " + "1".repeat(21) + "}]",
                        "line 1: people[0].employeeNumber: has 21 characters; at most 20 are allowed"),
                arguments(
                        "people: [{email: a@x, name: " + "n".repeat(61) + "}]",
                        "line 1: people[0].name: has 61 characters; at most 60 are allowed"),
                // User groups
                arguments("userGroups: [Readers]", "line 1: userGroups[0]: must have fields, such as 'id:'"),
                arguments("userGroups: [{}]", "line 1: userGroups[0].name: is required"),
                arguments("userGroups: [{name: A, id: 0}]", "line 1: userGroups[0].id: must be greater than 0"),
                arguments(
                        "userGroups: [{name: A, id: 1}, {name: B, id: 1}]",
                        "line 1: userGroups[1].id: another user group in the seed has this id"),
                arguments(
                        "userGroups:\n  - name: A\n  - name: a",
                        "line 3: userGroups[1].name: another user group of the organisation is called 'a'"),
                arguments(
                        "userGroups: [{name: A, description: " + "d".repeat(301) + "}]",
                        "line 1: userGroups[0].description: has 301 characters; at most 300 are allowed"),
                arguments(
                        "userGroups: [{name: A, members: [a@x]}]",
                        "line 1: userGroups[0].members[0]: nobody in the organisation has the e-mail address 'a@x'"),
                arguments(
                        "people: [{email: a@x}]\nuserGroups: [{name: A, members: [a@x, A@X]}]",
                        "line 2: userGroups[0].members[1]: 'A@X' is named twice"),
                arguments(
                        "people: [{email: a@x, role: guest}]\nuserGroups: [{name: A, members: [a@x]}]",
                        "line 2: userGroups[0].members[0]: 'a@x' is a guest, and guests cannot be in user groups"),
                arguments(
                        "teams: [{name: Design}]\nuserGroups:\n  - name: A\n    teams: [Design, Desing]",
                        "line 4: userGroups[0].teams[1]: the organisation has no team 'Desing'; did you mean 'Design'?"),
                arguments(
                        "teams: [{name: T}]\nuserGroups: [{name: A, teams: [T, t]}]",
                        "line 2: userGroups[0].teams[1]: 't' is named twice"),
                // Boards
                arguments("boards:\n- {}", """
                        line 2: boards[0].name: is required
                        line 2: boards[0].team: is required
                        line 2: boards[0].owner: is required"""),
                arguments("boards:\n- {name: B, team: T, owner: a@x}", """
                        line 2: boards[0].team: the organisation has no team 'T'
                        line 2: boards[0].owner: nobody in the organisation has the e-mail address 'a@x'"""),
                arguments(
                        "teams: [{name: T}]\npeople: [{email: a@x}]\nboards: [{name: B, team: T, owner: a@x}]",
                        "line 3: boards[0].owner: 'a@x' is not in the team 'T'"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String text, String problems) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(InvalidSeedException.class)
                .hasMessage(problems.replaceAll("(?m)^", "seed.yml, "));
    }

    @Test
    void refused_twentyProblemsAtMost() {
        String people = "  - email: nobody\n".repeat(25);

        assertThatThrownBy(() -> read("people:\n" + people))
                .hasMessageContaining("seed.yml, line 21: people[19].email: 'nobody' is not an e-mail address")
                .hasMessageEndingWith("\n… and 5 more problems");
    }

    @Test
    void refused_tokensAreNotTold() {
        assertThatThrownBy(() -> read("tokens: {scim: 'my secret', rest: [secret]}"))
                .hasMessageNotContaining("secret");
    }

    @Test
    void refused_aliasesThatWouldFillTheMemory() {
        StringBuilder bomb = new StringBuilder("name: A\na: &a0 [x, x]\n");
        for (int i = 1; i <= 9; i++) {
            bomb.append("a: &a%d [%s]\n".formatted(i, String.join(", ", Collections.nCopies(9, "*a" + (i - 1)))));
        }

        assertThatThrownBy(() -> read(bomb.toString()))
                .hasMessage("seed.yml, line 2: not valid YAML: aliases repeat more than 100000 parts");
    }

    @Test
    void read_aliases() {
        SeedDocument.Organization read = read("""
                name: &name Acme
                teams: [{name: *name}]
                people:
                  - &ada {email: ada@x, license: &best Full, teams: &teams [*name]}
                  - {email: bob@x, license: *best, teams: *teams}
                """).organizations().getFirst();

        assertThat(read.teams().getFirst().name()).isEqualTo("Acme");
        assertThat(read.people()).extracting(Person::license).containsExactly(License.FULL, License.FULL);
        assertThat(read.people())
                .allSatisfy(
                        person -> assertThat(person.teams().getFirst().name()).isEqualTo("Acme"));
    }

    /** The text is read a part at a time, and an escape can lie across the border of two. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void read_jsonEscapesAnywhere(int shift) {
        String text = "{" + " ".repeat(shift) + "\"teams\": ["
                + IntStream.range(0, 2_000)
                        .mapToObj(i -> "{\"name\": \"" + i + "\\/\\\\\\/\\\"\"}")
                        .collect(Collectors.joining(","))
                + "]}";

        assertThat(read("\uFEFF\n" + text).organizations().getFirst().teams())
                .extracting(SeedDocument.Team::name)
                .containsExactlyElementsOf(
                        IntStream.range(0, 2_000).mapToObj(i -> i + "/\\/\"").toList());
    }

    @Test
    void read_yamlThatLooksLikeJson() {
        assertThat(read("\n {\"name\": \"A\", teams: [{name: B}, ],}")
                        .organizations()
                        .getFirst()
                        .teams())
                .extracting(SeedDocument.Team::name)
                .containsExactly("B");
    }

    @Test
    void refused_jsonWithLines() {
        assertThatThrownBy(() -> read("{\n\"name\": \"A\",\n\"people\": [\n{\"email\": null, \"emial\": 1}]\n}"))
                .hasMessage("""
                        seed.yml, line 4: people[0].emial: unknown field; did you mean 'email'?
                        seed.yml, line 4: people[0].email: is required""");
        assertThatThrownBy(() -> read("{\"name\": \"A\"}\n{}"))
                .hasMessageStartingWith("seed.yml, line 2: not valid YAML");
    }

    /** Words of that length took seconds. */
    @Test
    void refused_yamlWithAnEndlessLine() {
        assertThatThrownBy(() -> read("name: " + "x".repeat(300_000)))
                .hasMessage("seed.yml, line 1: not valid YAML: a line is longer than 262144 characters");
    }

    /** Depths of that kind took minutes. */
    @ParameterizedTest
    @ValueSource(strings = {"[", "{a: ", "{\"a\":", "- "})
    void refused_endlessNesting(String level) {
        assertThatThrownBy(() -> read((level.equals("- ") ? "people:\n  " : "people: ") + level.repeat(100_000)))
                .hasMessage("seed.yml, line %d: not valid YAML: nested more than 50 levels deep"
                        .formatted(level.equals("- ") ? 2 : 1));
        assertThatThrownBy(() -> read("{\"people\": " + level.repeat(100_000)))
                .hasMessageStartingWith("seed.yml, line 1: not valid YAML");
    }

    @Test
    void refused_withTheLineAlsoFarDown() {
        String people = IntStream.range(0, 3_000)
                .mapToObj(i -> "- email: person%d@x\n  teams: [%s]\n".formatted(i, i == 2_900 ? "Nowhere" : ""))
                .collect(Collectors.joining());

        assertThatThrownBy(() -> read("people:\n" + people))
                .hasMessage("seed.yml, line 5803: people[2900].teams[0]: the organisation has no team 'Nowhere'");
    }

    @Test
    void refused_moreProblemsThanAreKept() {
        String faulty = "people:\n" + "- emial: a@x\n".repeat(5_000);

        assertThatThrownBy(() -> read(faulty))
                .hasMessageStartingWith(
                        "seed.yml, line 2: people[0].emial: unknown field; did you mean 'email'?\nseed.yml, line 3:")
                .hasMessageEndingWith("… and 9980 more problems");
    }

    @Test
    void refused_withoutRepeatingLongTexts() {
        String longText = "x".repeat(100_000);

        assertThatThrownBy(() -> read("name: %1$s\npeople: [{email: %1$s, license: %1$s}]".formatted(longText)))
                .satisfies(refusal -> assertThat(refusal.getMessage()).hasSizeLessThan(2_000));
    }

    @Test
    void read_noFile(@TempDir Path folder) throws Exception {
        Path latin = Files.write(folder.resolve("latin.yml"), "name: Café".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> SeedReader.read(folder.resolve("seed.yml")))
                .hasMessage(folder.resolve("seed.yml") + " cannot be read: the file does not exist");
        assertThatThrownBy(() -> SeedReader.read(folder)).hasMessage(folder + " cannot be read: it is a folder");
        assertThatThrownBy(() -> SeedReader.read(latin)).hasMessage(latin + " is not UTF-8");
    }

    private static SeedDocument read(String text) {
        return SeedReader.read("seed.yml", text);
    }
}

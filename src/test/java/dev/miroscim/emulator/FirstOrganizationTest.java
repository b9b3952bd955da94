package dev.miroscim.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miroscim.MiroScimTest;
import dev.miroscim.OwnDatabase;
import dev.miroscim.ScimClient;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.directory.organizations.Organization;
import dev.miroscim.directory.organizations.Organizations;
import dev.miroscim.emulator.Secret.Origin;
import dev.miroscim.emulator.seed.InvalidSeedException;
import dev.miroscim.emulator.seed.Seeds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.databind.JsonNode;

/** Starts the program on databases of its own. */
@MiroScimTest
@ExtendWith(OutputCaptureExtension.class)
@Isolated("reads the log")
class FirstOrganizationTest {

    private OwnDatabase database;

    @Autowired
    ApplicationContext context;

    private final List<ConfigurableApplicationContext> started = new ArrayList<>();

    @BeforeEach
    void createDatabase() throws Exception {
        database = OwnDatabase.create("first_organization");
    }

    @AfterEach
    void stop() throws Exception {
        started.forEach(ConfigurableApplicationContext::close);
        database.drop();
    }

    @Test
    void ofInstancesThatStartAtOnceOneSeeds() {
        var both = List.of(
                CompletableFuture.supplyAsync(() -> start("--miro.scim-token=chosen-token")),
                CompletableFuture.supplyAsync(() -> start("--miro.scim-token=chosen-token")));
        List<ConfigurableApplicationContext> instances =
                both.stream().map(CompletableFuture::join).toList();
        started.addAll(instances);

        assertThat(instances).allSatisfy(instance -> {
            assertThat(instance.getBean(Organizations.class).list())
                    .extracting(Organization::name)
                    .containsExactly("Paper Boats");
            assertThat(scim(instance, "chosen-token").get("/Users").resources())
                    .extracting(user -> user.path("userName").asString())
                    .containsExactly(
                            "mira.okafor@example.com",
                            "juno.castellan@example.com",
                            "tomasz.birch@example.com",
                            "leni.varga@example.com",
                            "amadou.reyes@example.com",
                            "priya.lindqvist@example.com",
                            "otto.marchetti@example.com",
                            "sam.iversen@example.com");
        });
        assertThat(instances)
                .extracting(instance -> token(instance, TokenKind.SCIM).origin())
                .containsOnly(Origin.CONFIGURED);
        assertThat(instances)
                .extracting(instance -> token(instance, TokenKind.REST).origin())
                .containsExactlyInAnyOrder(Origin.GENERATED, Origin.KEPT);
        checkBuiltInSeed(scim(instances.getFirst(), "chosen-token"));
    }

    private static void checkBuiltInSeed(ScimClient scim) {
        // What Okta's test of a SCIM server asks of the first user.
        JsonNode first = scim.get("/Users?count=1&startIndex=1").resources().getFirst();
        assertThat(first.path("active").asBoolean()).isTrue();
        assertThat(first.path("name").path("givenName").asString()).isEqualTo("Mira");
        assertThat(first.path("name").path("familyName").asString()).isEqualTo("Okafor");
        assertThat(first.path("emails").path(0).path("value").asString()).isEqualTo("mira.okafor@example.com");
        assertThat(scim.get("/Groups?sortBy=id").resources())
                .extracting(group -> group.path("displayName").asString())
                .containsExactly("Everyone", "Engineering Support", "Product", "Design", "Workshop Facilitators");
        JsonNode created = scim.post("/Users", """
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "new@example.net"}
                        """).body();
        assertThat(created.path("groups").valueStream().toList())
                .extracting(group -> group.path("display").asString())
                .containsExactly("Everyone");
    }

    @Test
    void seedFile_isAppliedOnce_andConfiguredTokensReplaceKeptOnes(@TempDir Path folder) throws Exception {
        Path seed = Files.writeString(folder.resolve("seed.yml"), """
                organizations:
                  - name: One
                    tokens: {scim: token-of-one}
                    people: [{email: ada@example.com, id: 12345}]
                  - name: Two
                    tokens: {scim: token-of-two}
                    people: [{email: ada@example.com, role: companyAdmin}]
                  - name: Three
                    universe: elsewhere
                    tokens: {scim: token-of-three}
                    people: [{email: ada@example.com}]
                """);

        ConfigurableApplicationContext instance = start("--miro.seed=" + seed);
        started.add(instance);
        assertThat(token(instance, TokenKind.SCIM).origin()).isEqualTo(Origin.SEED);
        assertThat(token(instance, TokenKind.REST).origin()).isEqualTo(Origin.GENERATED);
        assertThat(ids(instance, "token-of-one")).containsExactly("12345");
        assertThat(ids(instance, "token-of-two")).containsExactly("12345");
        assertThat(ids(instance, "token-of-three")).hasSize(1).doesNotContain("12345");

        FirstOrganization later = firstOrganization(instance, new MiroProperties("another-token", null, null, seed));
        later.afterSingletonsInstantiated();

        assertThat(later.token(TokenKind.SCIM).origin()).isEqualTo(Origin.CONFIGURED);
        assertThat(later.token(TokenKind.REST).origin()).isEqualTo(Origin.KEPT);
        assertThat(instance.getBean(Organizations.class).list()).hasSize(3);
        assertThat(ids(instance, "another-token")).containsExactly("12345");
        assertThat(scim(instance, "token-of-one").get("/Users").status()).isEqualTo(401);
        assertThat(ids(instance, "token-of-two")).containsExactly("12345");
    }

    @Test
    void seedFile_thatIsWrong_endsTheStart(@TempDir Path folder, CapturedOutput output) throws Exception {
        Path seed = Files.writeString(folder.resolve("seed.yml"), "name: One\npeople:\n  - email: nobody\n");

        assertThatThrownBy(() -> start("--miro.seed=" + seed)).isInstanceOf(InvalidSeedException.class);

        assertThat(output)
                .contains(seed + ", line 3: people[0].email: 'nobody' is not an e-mail address")
                .doesNotContain("\tat ");
        assertThat(database.number("select count(*) from organization")).isZero();
    }

    @Test
    void seedFile_withAGuestOfAClaimedDomain_isPlantedWithAWarning(@TempDir Path folder, CapturedOutput output)
            throws Exception {
        Path seed = Files.writeString(folder.resolve("seed.yml"), """
                settings: {claimedDomains: [example.com]}
                people: [{email: gil@example.com, role: guest}]
                """);

        started.add(start("--miro.seed=" + seed));

        assertThat(output)
                .contains("which Miro's Enterprise plan does not have: gil@example.com (guests-of-foreign-domains)");
        assertThat(database.number("select count(*) from membership")).isOne();
    }

    @Test
    void tokenThatCannotBeUsed_isNamedAndNotTold() {
        FirstOrganization first = firstOrganization(context, new MiroProperties(null, "two words", null, null));

        assertThatThrownBy(first::afterSingletonsInstantiated)
                .isInstanceOfSatisfying(
                        UnusableTokenException.class,
                        refusal -> assertThat(new UnusableTokenException.Analyzer()
                                        .analyze(refusal)
                                        .getDescription())
                                .startsWith(
                                        "The token of miro.rest-token (MIRO_REST_TOKEN) cannot be used. A token must have 1 to 512")
                                .doesNotContain("two words"));
    }

    private static FirstOrganization firstOrganization(ApplicationContext instance, MiroProperties properties) {
        return new FirstOrganization(
                properties,
                instance.getBean(Organizations.class),
                instance.getBean(Seeds.class),
                instance.getBean(AccessTokens.class),
                instance.getBean(JdbcClient.class),
                instance.getBean(PlatformTransactionManager.class));
    }

    private ConfigurableApplicationContext start(String... arguments) {
        return database.start(arguments);
    }

    private static Secret token(ConfigurableApplicationContext instance, TokenKind kind) {
        return instance.getBean(FirstOrganization.class).token(kind);
    }

    private static ScimClient scim(ConfigurableApplicationContext instance, String token) {
        return new ScimClient(instance.getEnvironment().getRequiredProperty("local.server.port", Integer.class), token);
    }

    private static List<String> ids(ConfigurableApplicationContext instance, String token) {
        return scim(instance, token).get("/Users").resources().stream()
                .map(user -> user.path("id").asString())
                .toList();
    }
}

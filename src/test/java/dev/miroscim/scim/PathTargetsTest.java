package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import dev.miroscim.scim.schema.Schemas;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** A path that the schema of the resource does not have changes nothing, and nothing else in its place. */
@MiroScimTest
class PathTargetsTest {

    private static final String ENTERPRISE = Schemas.ENTERPRISE_USER.id();

    @Autowired
    ApplicationContext context;

    private TestOrganization acme;
    private String ada;
    private String design;
    private List<String> before;

    @BeforeEach
    void makeOrganization() {
        acme = TestOrganization.in(context)
                .team("Design")
                .member("ada@example.com", "Design")
                .create();
        ada = "/Users/" + acme.user("ada@example.com");
        design = "/Groups/" + acme.group("Design");
        acme.scim().patchWith(ada, """
                        {"op": "replace", "value": {"displayName": "Ada", "preferredLanguage": "en",
                         "%s": {"department": "R&D", "manager": {"value": "7", "displayName": "Boss"}}}}
                        """.formatted(ENTERPRISE));
        before = everything();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "displayName[type eq \\\"work\\\"]",
                "userName[value pr]",
                "active[value eq \\\"True\\\"]",
                "userType[value eq \\\"Full\\\"]",
                "preferredLanguage[value eq \\\"en\\\"]",
                "name[givenName eq \\\"Ada\\\"]",
                "name[givenName eq \\\"Ada\\\"].familyName",
                "E[department eq \\\"R&D\\\"]",
                "E:department[value eq \\\"R&D\\\"]",
                "E:manager[value eq \\\"7\\\"].displayName",
                "manager[value eq \\\"7\\\"]",
            })
    void valueFilter_isRefusedWhereThereIsOneValue(String path) {
        assertRefused(ada, path, "noTarget");
    }

    @Test
    void valueFilter_isRefusedForTheNameOfAGroup() {
        assertRefused(design, "displayName[value eq \\\"Design\\\"]", "noTarget");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    /Users  | displayName[type eq "work"]
                    /Users  | not (active[value eq true])
                    /Users  | emails.value[type eq "work"]
                    /Users  | id pr and urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department[value pr]
                    /Groups | displayName[value eq "Design"]
                    """)
    void valueFilterInTheFilterOfAList_isRefusedWhereThereAreNoParts(String list, String filter) {
        Answer refused = acme.scim().get(list + "?filter=" + filter);

        assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        assertThat(refused.body().path("scimType").asString()).isEqualTo("invalidFilter");
    }

    @ParameterizedTest
    @CsvSource({
        "U, G:displayName",
        "U, G:members",
        "G, U:displayName",
        "G, U:members",
        "G, E:department",
        "U, G",
        "G, E"
    })
    void attributeOfAnotherResource_isRefused(String resource, String path) {
        assertRefused(resource.equals("U") ? ada : design, path, "invalidPath");
    }

    @Test
    void attributeOfAnotherResource_isRefusedInWholeResources() {
        String other = "{\"userName\": \"%s\", \"" + Schemas.GROUP.id() + ":displayName\": \"Other\"}";

        for (Answer refused : List.of(
                acme.scim().post("/Users", other.formatted("bob@example.com")),
                acme.scim().put(ada, other.formatted("ada@example.com")))) {
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        }
        assertThat(everything()).isEqualTo(before);
    }

    private void assertRefused(String resource, String shortPath, String scimType) {
        String path = shortPath
                .replaceFirst("^E(?=[:\\[]|$)", ENTERPRISE)
                .replaceFirst("^U(?=:)", Schemas.USER.id())
                .replaceFirst("^G(?=:|$)", Schemas.GROUP.id());
        for (String operation : List.of(
                "{\"op\": \"add\", \"path\": \"%s\", \"value\": \"other\"}",
                "{\"op\": \"replace\", \"path\": \"%s\", \"value\": \"other\"}",
                "{\"op\": \"remove\", \"path\": \"%s\"}",
                "{\"op\": \"add\", \"value\": {\"%s\": \"other\"}}",
                "{\"op\": \"replace\", \"value\": {\"%s\": \"other\"}}")) {
            Answer refused = acme.scim().patchWith(resource, operation.formatted(path));

            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
            assertThat(refused.body().path("scimType").asString()).isEqualTo(scimType);
            assertThat(everything()).isEqualTo(before);
        }
    }

    private List<String> everything() {
        return StoredOrganization.of(acme).everything();
    }
}

package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What is refused leaves every row of the organisation as it was, whatever came before it in the same request. */
@MiroScimTest
class AtomicityTest {

    @Autowired
    ApplicationContext context;

    private TestOrganization acme;

    @BeforeEach
    void makeOrganization() {
        acme = TestOrganization.in(context)
                .settings("{\"seats\": {\"Full\": 7}, \"allowedDomains\": [\"example.com\"]}")
                .team("Design")
                .team("Sales")
                .companyAdmin("chief@example.com", "Sales")
                .teamAdmin("boss@example.com", "Design")
                .member("ada@example.com", "Design", "Sales")
                .member("bob@example.com", "Sales")
                .deactivated("dora@example.com", "Design")
                .unregistered("una@example.com", "Sales")
                .guest("gus@example.com")
                .board("Plan", "Design", "ada@example.com")
                .board("Pipeline", "Sales", "una@example.com")
                .create();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            400 | {"op": "replace", "path": "userName", "value": "no address"}
            400 | {"op": "replace", "path": "userName", "value": "BOB@example.com"}
            400 | {"op": "replace", "path": "userType", "value": "Free Restricted"}
            400 | {"op": "replace", "path": "userType", "value": "Platinum"}
            400 | {"op": "replace", "path": "roles[primary eq true].value", "value": "EMPEROR"}
            400 | {"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "value": "123456789012345678901"}
            400 | {"op": "move", "path": "displayName", "value": "x"}
            400 | {"op": "replace", "path": "active", "value": "perhaps"}
            """)
    void aUsersLastOperation_takesTheOthersBack(int status, String last) {
        List<String> before = everything();

        Answer refused = acme.scim().patchWith("/Users/" + acme.user("ada@example.com"), """
                {"op": "replace", "path": "displayName", "value": "Changed"},
                {"op": "replace", "path": "userName", "value": "changed@example.com"},
                {"op": "add", "path": "photos.value", "value": "https://pictures.example.com/a.png"},
                {"op": "add", "path": "roles", "value": [{"type": "organization_admin_role", "value": "User Admin"}]},
                {"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "IT"},
                %s""".formatted(last));

        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            409 | {"op": "remove", "path": "members[value eq \\"{boss}\\"]"}
            409 | {"op": "replace", "path": "displayName", "value": "Sales"}
            404 | {"op": "add", "path": "members", "value": [{"value": "1"}]}, {"op": "remove", "path": "members", "value": [{"value": "{boss}"}]}
            400 | {"op": "replace", "path": "displayName", "value": ""}
            400 | {"op": "remove", "path": "members[value"}
            """)
    void aGroupsLastOperation_takesTheOthersBack(int status, String last) {
        List<String> before = everything();

        // A guest would be converted and somebody deactivated come back, boards would move, and a name change.
        String operations = """
                {"op": "replace", "path": "displayName", "value": "Changed"},
                {"op": "remove", "path": "members", "value": [{"value": "{ada}"}]},
                %s""".formatted(last);
        Answer refused = acme.scim().patchWith("/Groups/" + acme.group("Design"), personal(operations));

        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(everything()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            POST   | /Users         | 409 | {"userName": "ada@example.com", "displayName": "Other"}
            POST   | /Users         | 400 | {"userName": "eve@example.com", "active": "perhaps"}
            POST   | /Users         | 400 | {"userName": "eve@example.com", "roles": [{"type": "organization_admin_role", "value": "Emperor"}]}
            PUT    | /Users/{ada}   | 400 | {"displayName": "Other"}
            PUT    | /Users/{ada}   | 400 | {"userName": "bob@example.com", "displayName": "Other", "active": false}
            PATCH  | /Users/{gus}   | 404 | {"Operations": [{"op": "replace", "path": "displayName", "value": "x"}]}
            DELETE | /Users/{boss}  | 409 |
            DELETE | /Users/{chief} | 409 |
            DELETE | /Groups/{ada}  | 405 |
            """)
    void aRefusedRequest_storesNothing(String method, String path, int status, String body) {
        List<String> before = everything();

        Answer refused = acme.scim().send(method, personal(path), body, "Content-Type", "application/scim+json");

        assertThat(refused.status()).as(refused.text()).isEqualTo(status);
        assertThat(everything()).isEqualTo(before);
    }

    private String personal(String text) {
        String personal = text;
        for (String name : List.of("ada", "bob", "boss", "chief", "gus")) {
            personal = personal.replace("{" + name + "}", acme.user(name + "@example.com"));
        }
        return personal;
    }

    private List<String> everything() {
        return StoredOrganization.of(acme).everything();
    }
}

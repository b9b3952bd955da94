package dev.miroscim.scim;

import static dev.miroscim.AnswerAssert.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What the same request meets with a setting in each of its positions. */
@MiroScimTest
class SettingsTest {

    @Autowired
    ApplicationContext context;

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                                                           | 201 | /userType | Full
            {"flexibleLicensing": false, "flexibleDefaultLicense": "Free Restricted"}    | 201 | /userType | Full
            {"flexibleLicensing": true}                                                  | 201 | /userType | Free
            {"flexibleLicensing": true, "flexibleDefaultLicense": "Free Restricted"}     | 201 | /userType | Free Restricted
            {"allowedDomains": ["*"]}                                                    | 201 | /userName | new@example.com
            {"allowedDomains": ["example.com"]}                                          | 201 | /userName | new@example.com
            """)
    void aNewUser(String settings, int status, String pointer, String value) {
        TestOrganization acme = TestOrganization.create(context, settings);

        assertThat(acme.scim().post("/Users", "{\"userName\": \"new@example.com\"}"))
                .hasStatus(status)
                .says(pointer, value);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                               | 400 | {"userName": "new@example.com", "userType": "Platinum"}
            {"unknownUserType": "ALLOW"}     | 201 | {"userName": "new@example.com", "userType": "Platinum"}
            {}                               | 201 | {"userName": "new@example.com", "userType": "Basic"}
            {"licenses": ["Full"]}           | 400 | {"userName": "new@example.com", "userType": "Basic"}
            {"seats": {"Full": 0}}           | 409 | {"userName": "new@example.com", "userType": "Full"}
            {"seats": {"Full": 0}, "exhaustedLicense": "ALLOW"} | 201 | {"userName": "new@example.com", "userType": "Full"}
            {}                               | 409 | {"userName": "gone@example.com"}
            {"createDeactivated": "ALLOW"}   | 201 | {"userName": "gone@example.com"}
            {}                               | 201 | {"userName": "guest@example.com"}
            {"createGuest": "REFUSE"}        | 409 | {"userName": "guest@example.com"}
            {"allowedDomains": ["else.com"]} | 409 | {"userName": "new@example.com"}
            {"scimEnabled": false}           | 403 | {"userName": "new@example.com"}
            {}                               | 201 | {"userName": "new@example.com", "roles": [{"type": "organization_admin_role", "value": "User Admin"}]}
            {}                               | 400 | {"userName": "new@example.com", "roles": [{"type": "organization_admin_role", "value": "Auditor"}]}
            {"customAdminRoles": ["Auditor"]} | 201 | {"userName": "new@example.com", "roles": [{"type": "organization_admin_role", "value": "Auditor"}]}
            """)
    void creating(String settings, int status, String body) {
        assertThat(organization(settings).scim().post("/Users", body)).hasStatus(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                                    | ada   | 200 | "path": "userName", "value": "ada@elsewhere.com"
            {"claimedDomains": ["example.com"]}   | ada   | 200 | "path": "userName", "value": "ada@elsewhere.com"
            {"claimedDomains": ["elsewhere.com"]} | ada   | 400 | "path": "userName", "value": "ada@elsewhere.com"
            {"claimedDomains": ["example.com"], "unclaimedTargetDomain": "REFUSE"} | ada | 400 | "path": "userName", "value": "ada@elsewhere.com"
            {}                                    | gone  | 409 | "path": "userType", "value": "Advanced"
            {"frozenAttributes": "ALLOW"}         | gone  | 200 | "path": "userType", "value": "Advanced"
            {}                                    | chief | 409 | "path": "active", "value": false
            {"deactivateCompanyAdmin": "ALLOW"}   | chief | 200 | "path": "active", "value": false
            {}                                    | ada   | 200 | "path": "emails[type eq \\"work\\"].value", "value": "x@example.com"
            {"emailWrites": "STRICT"}             | ada   | 400 | "path": "emails[type eq \\"work\\"].value", "value": "x@example.com"
            """)
    void changing(String settings, String name, int status, String operation) {
        TestOrganization acme = organization(settings);

        Answer changed = acme.scim()
                .patchWith("/Users/" + acme.user(name + "@example.com"), "{\"op\": \"replace\", " + operation + "}");

        assertThat(changed).hasStatus(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {}                              | 200 | PATCH | /Groups/{everyone} | {"Operations": [{"op": "remove", "path": "members", "value": [{"value": "{ada}"}]}]}
            {"leaveDefaultTeam": "REFUSE"}  | 409 | PATCH | /Groups/{everyone} | {"Operations": [{"op": "remove", "path": "members", "value": [{"value": "{ada}"}]}]}
            {}                              | 405 | POST  | /Groups            | {"displayName": "New"}
            {"groupModel": "USER_GROUPS"}   | 201 | POST  | /Groups            | {"displayName": "New"}
            """)
    void groups(String settings, int status, String method, String path, String body) {
        TestOrganization acme = organization(settings);

        Answer answer = acme.scim()
                .send(
                        method,
                        path.replace("{everyone}", acme.group("Everyone")),
                        body.replace("{ada}", acme.user("ada@example.com")),
                        "Content-Type",
                        "application/scim+json");

        assertThat(answer).hasStatus(status);
    }

    private TestOrganization organization(String settings) {
        return TestOrganization.in(context)
                .settings(settings)
                .defaultTeam("Everyone")
                .companyAdmin("chief@example.com")
                .companyAdmin("other.chief@example.com")
                .teamAdmin("boss@example.com", "Everyone")
                .member("ada@example.com", "Everyone")
                .deactivated("gone@example.com")
                .guest("guest@example.com")
                .create();
    }
}

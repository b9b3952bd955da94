package dev.miroscim.scim.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.ScimException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class DiscoveryTest {

    private static final String BASE = "/api/v1/scim";

    private static final MockMvcTester HTTP = discovery();

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/serviceConfiguration"})
    void serviceProviderConfig(String path) throws Exception {
        assertThat(body(path))
                .isEqualTo(
                        """
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],\
                        "documentationUri":"https://developers.miro.com/docs/scim",\
                        "patch":{"supported":true},\
                        "bulk":{"supported":false,"maxOperations":0,"maxPayloadSize":0},\
                        "filter":{"supported":true,"maxResults":200},\
                        "changePassword":{"supported":false},\
                        "sort":{"supported":true},\
                        "etag":{"supported":false},\
                        "authenticationSchemes":[{"name":"OAuth 2.0 Bearer Token",\
                        "description":"The SCIM token of the organization, sent as a bearer token with every request.",\
                        "specUri":"http://tools.ietf.org/html/rfc6750","type":"oauthbearertoken","primary":true}]}""");
    }

    @Test
    void resourceTypes() throws Exception {
        assertThat(body("/ResourceTypes"))
                .isEqualTo("{\"schemas\":[\"urn:ietf:params:scim:api:messages:2.0:ListResponse\"],"
                        + "\"totalResults\":2,\"startIndex\":1,\"itemsPerPage\":2,\"Resources\":["
                        + body("/ResourceTypes/User") + "," + body("/ResourceTypes/Group") + "]}");
    }

    @Test
    void resourceType_user() throws Exception {
        assertThat(body("/ResourceTypes/User"))
                .isEqualTo(
                        """
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],\
                        "id":"User","name":"User","description":"User","endpoint":"/Users",\
                        "schema":"urn:ietf:params:scim:schemas:core:2.0:User",\
                        "schemaExtensions":[{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",\
                        "required":false}]}""");
    }

    @Test
    void resourceType_group() throws Exception {
        assertThat(body("/ResourceTypes/Group"))
                .isEqualTo(
                        """
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],\
                        "id":"Group","name":"Group","description":"Group","endpoint":"/Groups",\
                        "schema":"urn:ietf:params:scim:schemas:core:2.0:Group"}""");
    }

    @Test
    void schemas() throws Exception {
        JsonNode list = json("/Schemas");

        assertThat(list.propertyNames())
                .containsExactly("schemas", "totalResults", "startIndex", "itemsPerPage", "Resources");
        assertThat(list.at("/totalResults").intValue()).isEqualTo(3);
        assertThat(list.at("/startIndex").intValue()).isEqualTo(1);
        assertThat(list.at("/itemsPerPage").intValue()).isEqualTo(3);
        assertThat(list.at("/Resources").valueStream().map(schema -> schema.at("/id").stringValue()))
                .containsExactly(
                        "urn:ietf:params:scim:schemas:core:2.0:User",
                        "urn:ietf:params:scim:schemas:core:2.0:Group",
                        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
        assertThat(list.at("/Resources").valueStream()).allSatisfy(schema -> {
            String id = schema.at("/id").stringValue();
            assertThat(schema.propertyNames())
                    .containsExactly("schemas", "id", "name", "description", "attributes", "meta");
            assertThat(schema.at("/schemas/0").stringValue())
                    .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:Schema");
            assertThat(schema.at("/meta").toString())
                    .isEqualTo("{\"resourceType\":\"Schema\",\"location\":\"http://localhost/api/v1/scim/Schemas/" + id
                            + "\"}");
            assertThat(schema).isEqualTo(json("/Schemas/" + id));
        });
    }

    /** Entra refuses a schema with a null in it, and values in other spellings than the RFC's. */
    @Test
    void schemas_everyAttributeIsComplete() throws Exception {
        List<JsonNode> attributes = json("/Schemas").at("/Resources").valueStream()
                .flatMap(schema -> schema.at("/attributes").valueStream())
                .flatMap(attribute -> Stream.concat(
                        Stream.of(attribute), attribute.path("subAttributes").valueStream()))
                .toList();

        assertThat(attributes).hasSize(38).allSatisfy(attribute -> {
            assertThat(attribute.propertyNames())
                    .contains(
                            "name",
                            "type",
                            "multiValued",
                            "description",
                            "required",
                            "caseExact",
                            "mutability",
                            "returned",
                            "uniqueness");
            assertThat(attribute.values()).noneMatch(JsonNode::isNull);
            assertThat(attribute.at("/description").stringValue()).isNotBlank();
            assertThat(attribute.at("/type").stringValue()).isIn("string", "boolean", "reference", "complex");
            assertThat(attribute.at("/mutability").stringValue()).isIn("readOnly", "readWrite", "immutable");
            assertThat(attribute.at("/returned").stringValue()).isEqualTo("default");
            assertThat(attribute.at("/uniqueness").stringValue()).isIn("none", "server");
            assertThat(attribute.has("subAttributes"))
                    .isEqualTo(attribute.at("/type").stringValue().equals("complex"));
            assertThat(attribute.has("referenceTypes"))
                    .isEqualTo(attribute.at("/type").stringValue().equals("reference"));
        });
    }

    @Test
    void schema_user() throws Exception {
        JsonNode schema = json("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");

        assertThat(schema.at("/name").stringValue()).isEqualTo("User");
        assertThat(schema.at("/description").stringValue()).isEqualTo("User Account");
        assertThat(names(schema.at("/attributes")))
                .containsExactly(
                        "userName",
                        "name",
                        "displayName",
                        "userType",
                        "preferredLanguage",
                        "active",
                        "emails",
                        "photos",
                        "groups",
                        "roles");

        JsonNode userName = attribute(schema, "userName");
        assertThat(userName.at("/type").stringValue()).isEqualTo("string");
        assertThat(userName.at("/required").booleanValue()).isTrue();
        assertThat(userName.at("/caseExact").booleanValue()).isFalse();
        assertThat(userName.at("/mutability").stringValue()).isEqualTo("readWrite");
        assertThat(userName.at("/uniqueness").stringValue()).isEqualTo("server");

        assertThat(attribute(schema, "emails").at("/mutability").stringValue()).isEqualTo("readOnly");
        assertThat(attribute(schema, "groups").at("/mutability").stringValue()).isEqualTo("readOnly");
        assertThat(attribute(schema, "userType").at("/canonicalValues").valueStream())
                .extracting(JsonNode::stringValue)
                .containsExactlyInAnyOrder(
                        "Full", "Free", "Free Restricted", "Full (Trial)", "Basic", "Standard", "Advanced");
    }

    @ParameterizedTest
    @CsvSource({
        "name, formatted familyName givenName",
        "emails, value display type primary",
        "photos, value type",
        "groups, value display",
        "roles, value display type primary"
    })
    void schema_userSubAttributes(String name, String subAttributes) throws Exception {
        JsonNode schema = json("/Schemas/urn:ietf:params:scim:schemas:core:2.0:User");

        assertThat(names(attribute(schema, name).at("/subAttributes"))).containsExactly(subAttributes.split(" "));
        assertThat(attribute(schema, name).at("/multiValued").booleanValue()).isEqualTo(!name.equals("name"));
    }

    /** Microsoft's gallery validation makes one attribute of each of these types. */
    @ParameterizedTest
    @CsvSource({
        "User, emails, work",
        "User, photos, photo",
        "User, roles, organization_user_role organization_admin_role",
        "Group, members, User"
    })
    void schema_canonicalTypes(String resource, String name, String types) throws Exception {
        JsonNode schema = json("/Schemas/urn:ietf:params:scim:schemas:core:2.0:" + resource);

        JsonNode type = attribute(schema, name)
                .at("/subAttributes")
                .valueStream()
                .filter(sub -> sub.at("/name").stringValue().equals("type"))
                .findFirst()
                .orElseThrow();
        assertThat(type.at("/canonicalValues").valueStream())
                .extracting(JsonNode::stringValue)
                .containsExactly(types.split(" "));
    }

    @Test
    void schema_group() throws Exception {
        JsonNode schema = json("/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group");

        assertThat(schema.at("/name").stringValue()).isEqualTo("Group");
        assertThat(names(schema.at("/attributes"))).containsExactly("displayName", "members");
        assertThat(names(attribute(schema, "members").at("/subAttributes")))
                .containsExactly("value", "type", "display");
        assertThat(attribute(schema, "displayName").at("/required").booleanValue())
                .isTrue();
    }

    @Test
    void schema_enterpriseUser() throws Exception {
        JsonNode schema = json("/Schemas/urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");

        assertThat(schema.at("/description").stringValue()).isEqualTo("Enterprise User");
        assertThat(names(schema.at("/attributes")))
                .containsExactly("employeeNumber", "costCenter", "organization", "division", "department", "manager");
        assertThat(names(attribute(schema, "manager").at("/subAttributes"))).containsExactly("value", "displayName");
    }

    @Test
    void schema_urnInAnyCase() throws Exception {
        assertThat(json("/Schemas/URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER").at("/id").stringValue())
                .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:User");
    }

    /** It would be generated by validators and missed in the answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {"password", "externalId", "nickName", "title", "locale", "phoneNumbers", "addresses", "entitlements"})
    void schemas_withoutWhatMiroDoesNotSupport(String name) throws Exception {
        assertThat(body("/Schemas")).doesNotContain("\"name\":\"" + name + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/ResourceTypes/Robot, 'There is no resource type ''Robot'''",
        "/Schemas/urn:example:robot, 'There is no schema ''urn:example:robot'''"
    })
    void unknown(String path, String detail) {
        assertRefused(get(path), HttpStatus.NOT_FOUND, detail);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ServiceProviderConfig",
                "/ResourceTypes",
                "/ResourceTypes/User",
                "/Schemas",
                "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"
            })
    void filterIsRefused(String path) {
        assertRefused(
                HTTP.get().uri(BASE + path).param("filter", "name eq \"User\"").exchange(),
                HttpStatus.FORBIDDEN,
                "The discovery endpoints take no filter: 'name eq \"User\"'");
    }

    @Test
    void pagingAndProjectionAreIgnored() throws Exception {
        MvcTestResult result = HTTP.get()
                .uri(BASE + "/Schemas")
                .param("startIndex", "2")
                .param("count", "1")
                .param("attributes", "id")
                .exchange();

        assertThat(result).hasStatusOk();
        assertThat(result.getResponse().getContentAsString()).isEqualTo(body("/Schemas"));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "none, application/scim+json",
                "*/*, application/scim+json",
                "application/scim+json, application/scim+json",
                "application/json, application/json"
            })
    void contentType(String accept, String expected) {
        MockMvcTester.MockMvcRequestBuilder request = HTTP.get().uri(BASE + "/ServiceProviderConfig");

        assertThat(accept == null ? request.exchange() : request.header("Accept", accept).exchange())
                .hasStatusOk()
                .hasContentType(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"})
    void post_methodNotAllowed(String path) {
        assertThat(HTTP.post().uri(BASE + path).exchange())
                .hasStatus(HttpStatus.METHOD_NOT_ALLOWED)
                .headers()
                .hasHeaderSatisfying("Allow", allow -> assertThat(allow).isEqualTo(List.of("GET")));
    }

    private static MockMvcTester discovery() {
        // The setting is read as it is at run time, and is absent.
        try (AnnotationConfigApplicationContext context =
                new AnnotationConfigApplicationContext(ResourceLocations.class, DiscoveryController.class)) {
            return MockMvcTester.of(context.getBean(DiscoveryController.class));
        }
    }

    private static void assertRefused(MvcTestResult result, HttpStatus status, String detail) {
        assertThat(result.getUnresolvedException()).cause().isInstanceOfSatisfying(ScimException.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.scimType()).isNull();
            assertThat(refusal.detail()).isEqualTo(detail);
        });
    }

    private MvcTestResult get(String path) {
        return HTTP.get().uri(BASE + path).exchange();
    }

    private String body(String path) throws Exception {
        MvcTestResult result = get(path);
        assertThat(result).hasStatusOk();
        return result.getResponse().getContentAsString();
    }

    private JsonNode json(String path) throws Exception {
        return JsonMapper.shared().readTree(body(path));
    }

    private static JsonNode attribute(JsonNode schema, String name) {
        return schema.at("/attributes")
                .valueStream()
                .filter(attribute -> attribute.at("/name").stringValue().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Stream<String> names(JsonNode attributes) {
        return attributes.valueStream().map(attribute -> attribute.at("/name").stringValue());
    }
}

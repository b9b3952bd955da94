package dev.miroscim.scim.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@MiroScimTest
class DiscoveryTest {

    private static TestOrganization organization;
    private static HttpClient http;

    @LocalServerPort
    int port;

    @BeforeAll
    static void openOrganization(@Autowired ApplicationContext context) {
        organization = TestOrganization.create(context, "{}");
        http = HttpClient.newHttpClient();
    }

    @AfterAll
    static void hangUp() {
        http.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/serviceConfiguration"})
    void serviceProviderConfig(String path) throws Exception {
        assertThat(body(path)).isEqualTo("""
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
        assertThat(body("/ResourceTypes/User")).isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:ResourceType"],\
                        "id":"User","name":"User","description":"User","endpoint":"/Users",\
                        "schema":"urn:ietf:params:scim:schemas:core:2.0:User",\
                        "schemaExtensions":[{"schema":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",\
                        "required":false}]}""");
    }

    @Test
    void resourceType_group() throws Exception {
        assertThat(body("/ResourceTypes/Group")).isEqualTo("""
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
        assertThat(list.at("/Resources")
                        .valueStream()
                        .map(schema -> schema.at("/id").stringValue()))
                .containsExactly(
                        "urn:ietf:params:scim:schemas:core:2.0:User",
                        "urn:ietf:params:scim:schemas:core:2.0:Group",
                        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User");
        assertThat(list.at("/Resources").valueStream()).allSatisfy(schema -> {
            String id = schema.at("/id").stringValue();
            assertThat(schema.propertyNames())
                    .containsExactly("schemas", "id", "name", "description", "attributes", "meta");
            assertThat(schema.at("/schemas/0").stringValue()).isEqualTo("urn:ietf:params:scim:schemas:core:2.0:Schema");
            assertThat(schema.at("/meta").toString())
                    .isEqualTo("{\"resourceType\":\"Schema\",\"location\":\"" + uri("/Schemas/" + id) + "\"}");
            assertThat(schema).isEqualTo(json("/Schemas/" + id));
        });
    }

    @Test
    void schema_locationBehindProxy() throws Exception {
        HttpResponse<String> answer = send(get("/Schemas/urn:ietf:params:scim:schemas:core:2.0:Group")
                .header("X-Forwarded-Proto", "https")
                .header("X-Forwarded-Host", "localhost"));

        assertThat(answer.body())
                .contains("\"location\":\"https://localhost/api/v1/scim/Schemas/"
                        + "urn:ietf:params:scim:schemas:core:2.0:Group\"");
    }

    /** Entra refuses a schema with a null in it, and values in other spellings than the RFC's. */
    @Test
    void schemas_everyAttributeIsComplete() throws Exception {
        List<JsonNode> attributes = json("/Schemas")
                .at("/Resources")
                .valueStream()
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
        assertThat(json("/Schemas/URN:IETF:PARAMS:SCIM:SCHEMAS:CORE:2.0:USER")
                        .at("/id")
                        .stringValue())
                .isEqualTo("urn:ietf:params:scim:schemas:core:2.0:User");
    }

    /** It would be generated by validators and missed in the answer. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "password",
                "externalId",
                "nickName",
                "title",
                "locale",
                "phoneNumbers",
                "addresses",
                "entitlements"
            })
    void schemas_withoutWhatMiroDoesNotSupport(String name) throws Exception {
        assertThat(body("/Schemas")).doesNotContain("\"name\":\"" + name + "\"");
    }

    @ParameterizedTest
    @CsvSource({
        "/ResourceTypes/Robot, There is no resource type 'Robot'",
        "/Schemas/urn:example:robot, There is no schema 'urn:example:robot'"
    })
    void unknown(String path, String detail) throws Exception {
        assertRefused(send(get(path)), 404, detail);
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
    void filterIsRefused(String path) throws Exception {
        assertRefused(
                send(get(path + "?filter=id+pr")), 403, "The discovery endpoints do not accept a filter: 'id pr'");
    }

    @Test
    void pagingAndProjectionAreIgnored() throws Exception {
        assertThat(body("/Schemas?startIndex=2&count=1&attributes=id")).isEqualTo(body("/Schemas"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"})
    void contentType(String path) throws Exception {
        assertThat(contentTypeOf(get(path))).isEqualTo("application/scim+json");
        assertThat(contentTypeOf(get(path).header("Accept", "*/*"))).isEqualTo("application/scim+json");
        assertThat(contentTypeOf(get(path).header("Accept", "application/json")))
                .isEqualTo("application/json");
    }

    /** One of Okta's optional tests. */
    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"})
    void post_methodNotAllowed(String path) throws Exception {
        HttpResponse<String> answer =
                send(get(path).header("Content-Type", "application/scim+json").POST(BodyPublishers.ofString("{}")));

        assertThat(answer.statusCode()).isEqualTo(405);
        assertThat(answer.body()).contains("\"reason\":\"methodNotAllowed\"");
        assertThat(answer.headers().firstValue("Allow")).get().asString().contains("GET");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/ServiceProviderConfig", "/ResourceTypes", "/Schemas"})
    void withoutToken_unauthorized(String path) throws Exception {
        HttpResponse<String> answer =
                http.send(HttpRequest.newBuilder(uri(path)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));

        assertThat(answer.statusCode()).isEqualTo(401);
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String detail) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/scim+json");
        assertThat(answer.body()).isEqualTo("""
                        {"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"%d","detail":"%s"}""".formatted(status, detail));
    }

    private HttpRequest.Builder get(String path) {
        return HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + organization.token());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + "/api/v1/scim" + path);
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return http.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private static String contentTypeOf(HttpRequest.Builder request) throws Exception {
        return send(request).headers().firstValue("Content-Type").orElseThrow();
    }

    private String body(String path) throws Exception {
        HttpResponse<String> answer = send(get(path));
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.body();
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

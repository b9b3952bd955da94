package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miroscim.scim.filter.FilterException;
import dev.miroscim.scim.schema.ResourceType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ProjectionTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final JsonNode USER = read("""
            {"schemas": ["u", "e"], "id": "1", "userName": "ann@x.org",
             "name": {"givenName": "Ann", "familyName": "Lee"},
             "emails": [{"value": "ann@x.org", "primary": true}, {"value": "a@x.org", "display": "A"}],
             "groups": [],
             "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":
                 {"department": "IT", "manager": {"value": "7", "displayName": "Bo"}},
             "meta": {"resourceType": "User", "location": "http://x/Users/1"}}
            """);

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    id                                   | {}
                    ID,Schemas                           | {}
                    userName                             | {"userName": "ann@x.org"}
                    nosuch,username, ,name.nosuch        | {"userName": "ann@x.org"}
                    userName.nosuch,emails.nosuch        | {}
                    name                                 | {"name": {"givenName": "Ann", "familyName": "Lee"}}
                    NAME.givenname                       | {"name": {"givenName": "Ann"}}
                    name.givenName,name.familyName       | {"name": {"givenName": "Ann", "familyName": "Lee"}}
                    name.givenName,name                  | {"name": {"givenName": "Ann", "familyName": "Lee"}}
                    name,name.givenName                  | {"name": {"givenName": "Ann", "familyName": "Lee"}}
                    emails.value                         | {"emails": [{"value": "ann@x.org"}, {"value": "a@x.org"}]}
                    emails.display                       | {"emails": [{"display": "A"}]}
                    emails[type eq "work"].value         | {"emails": [{"value": "ann@x.org"}, {"value": "a@x.org"}]}
                    groups.value                         | {"groups": []}
                    meta                                 | {"meta": {"resourceType": "User", "location": "http://x/Users/1"}}
                    meta.location                        | {"meta": {"location": "http://x/Users/1"}}
                    urn:ietf:params:scim:schemas:core:2.0:User:userName | {"userName": "ann@x.org"}
                    department                           | {}
                    """)
    void attributes_keepOnlyWhatTheyName(String attributes, String kept) {
        assertThat(projected(attributes, null)).isEqualTo(user(kept));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    E                         | {"E": {"department": "IT", "manager": {"value": "7", "displayName": "Bo"}}}
                    E:department              | {"E": {"department": "IT"}}
                    E.Department              | {"E": {"department": "IT"}}
                    E:manager                 | {"E": {"manager": {"value": "7", "displayName": "Bo"}}}
                    E:manager.displayName     | {"E": {"manager": {"displayName": "Bo"}}}
                    E:nosuch                  | {}
                    """)
    void attributes_nameExtensions(String attributes, String kept) {
        assertThat(projected(expand(attributes), null)).isEqualTo(user(expand(kept)));
    }

    @Test
    void attributes_nameTheWholeCore() {
        String core = "urn:ietf:params:scim:schemas:core:2.0:User";
        assertThat(projected(core, null).propertyNames())
                .containsExactly("schemas", "id", "userName", "name", "emails", "groups", "meta");
        assertThat(projected(null, core).propertyNames()).containsExactly("schemas", "id", ENTERPRISE);
    }

    @Test
    void attributes_asIdentityProvidersSendThem() {
        assertThat(projected("emails[type eq \"work\"]", null)).isEqualTo(projected("emails", null));
        assertThat(projected("id,userName", null).propertyNames()).containsExactly("schemas", "id", "userName");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    userName                            | schemas id name emails groups E meta
                    USERNAME,name,emails,nosuch         | schemas id groups E meta
                    id,schemas,userName.nosuch          | schemas id userName name emails groups E meta
                    meta,groups.value                   | schemas id userName name emails groups E
                    E                                   | schemas id userName name emails groups meta
                    name.givenName,name.familyName      | schemas id userName emails groups E meta
                    emails.value,emails.primary         | schemas id userName name emails groups E meta
                    """)
    void excludedAttributes_leaveTheRest(String excluded, String kept) {
        assertThat(projected(null, expand(excluded)).propertyNames())
                .containsExactly(expand(kept).split(" "));
    }

    @Test
    void excludedAttributes_takePartsAway() {
        assertThat(projected(null, "name.familyName").get("name")).isEqualTo(read("{\"givenName\": \"Ann\"}"));
        assertThat(projected(null, "emails.value,emails.primary").get("emails"))
                .isEqualTo(read("[{\"display\": \"A\"}]"));
        assertThat(projected(null, ENTERPRISE + ":manager.value").get(ENTERPRISE))
                .isEqualTo(read("{\"department\": \"IT\", \"manager\": {\"displayName\": \"Bo\"}}"));
    }

    @Test
    void attributes_winOverExcludedAttributes() {
        assertThat(projected("userName,name", "name")).isEqualTo(projected("userName,name", null));
        assertThat(projected(" ", "name")).isEqualTo(projected(null, "name"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", ",", " , ,"})
    void blanks_nameNothing(String blank) {
        assertThat(Projection.of(blank, blank, ResourceType.USER).isEverything())
                .isTrue();
        assertThat(projected(blank, null)).isEqualTo(USER);
        assertThat(projected(null, blank)).isEqualTo(USER);
    }

    @Test
    void isEverything_onlyWithoutNames() {
        assertThat(Projection.of(null, null, ResourceType.USER).isEverything()).isTrue();
        assertThat(Projection.of("id", null, ResourceType.USER).isEverything()).isFalse();
        assertThat(Projection.of(null, "members", ResourceType.USER).isEverything())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # attributes        | excluded        | asked           | included
                                        |                 | members         | true
                    id                  |                 | members         | false
                    id                  |                 | id              | true
                    id                  |                 | schemas         | true
                    id                  |                 | meta            | false
                    id,Members          |                 | members         | true
                    members.display     |                 | MEMBERS         | true
                    members.display     |                 | members.display | true
                    members.display     |                 | members.value   | false
                    members             |                 | members.value   | true
                                        | members         | members         | false
                                        | members         | members.value   | false
                                        | members         | displayName     | true
                                        | members.display | members         | true
                                        | members.display | members.display | false
                                        | members.display | members.value   | true
                                        | id              | id              | true
                    E:department        |                 | E               | true
                    E:department        |                 | E:department    | true
                    E:department        |                 | E:manager       | false
                    userName            |                 | E               | false
                                        | E               | E               | false
                                        | E:department    | E               | true
                    """)
    void includes_tellsWhatMustBeLoaded(
            @Nullable String attributes, @Nullable String excluded, String asked, boolean included) {
        Projection projection = Projection.of(
                attributes == null ? null : expand(attributes),
                excluded == null ? null : expand(excluded),
                ResourceType.USER);
        assertThat(projection.includes(expand(asked))).isEqualTo(included);
    }

    @Test
    void apply_leavesTheResourceAsItIs() {
        JsonNode before = USER.deepCopy();
        projected("emails.value,name.givenName", null);
        projected(null, "emails.value,name");
        assertThat(USER).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"emails[", "user name", "a.b.c", "userName;name", "{attributes}"})
    void malformedNames_areRefused(String malformed) {
        for (String attributes : new String[] {malformed, null}) {
            String excluded = attributes == null ? malformed : null;
            FilterException e = catchThrowableOfType(
                    FilterException.class, () -> Projection.of(attributes, excluded, ResourceType.USER));
            assertThat(e).isNotNull();
            assertThat(e.kind()).isEqualTo(FilterException.Kind.ATTRIBUTES);
        }
    }

    private static String expand(String attributes) {
        return attributes.replaceAll("\\bE\\b", ENTERPRISE);
    }

    private static JsonNode projected(@Nullable String attributes, @Nullable String excludedAttributes) {
        return Projection.of(attributes, excludedAttributes, ResourceType.USER).apply(USER);
    }

    /** What is always there, and {@code others}. */
    private static JsonNode user(String others) {
        ObjectNode user = read("{\"schemas\": [\"u\", \"e\"], \"id\": \"1\"}").asObject();
        return user.setAll(read(others).asObject());
    }

    private static JsonNode read(String json) {
        return JsonMapper.shared().readTree(json);
    }
}

package dev.miroscim.scim.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.scim.schema.AttributeDefinition.Mutability;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResourceTypeTest {

    private static final String USER = "urn:ietf:params:scim:schemas:core:2.0:User";
    private static final String GROUP = "urn:ietf:params:scim:schemas:core:2.0:Group";
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @ParameterizedTest
    @CsvSource({
        "USER, , userName, , READ_WRITE",
        "USER, , USERNAME, , READ_WRITE",
        "USER, " + USER + ", username, , READ_WRITE",
        "USER, URN:IETF:params:scim:schemas:core:2.0:user, userName, , READ_WRITE",
        "USER, , name, GivenName, READ_WRITE",
        "USER, , emails, , READ_ONLY",
        "USER, , emails, value, READ_ONLY",
        "USER, , groups, display, READ_ONLY",
        "USER, , roles, primary, READ_WRITE",
        "USER, , roles, display, READ_ONLY",
        "USER, , id, , READ_ONLY",
        "USER, , schemas, , READ_ONLY",
        "USER, , meta, location, READ_ONLY",
        "USER, " + ENTERPRISE + ", department, , READ_WRITE",
        "USER, " + ENTERPRISE + ", manager, displayname, READ_WRITE",
        "GROUP, , displayName, , READ_WRITE",
        "GROUP, " + GROUP + ", members, value, IMMUTABLE",
        "GROUP, , members, display, READ_ONLY",
        "GROUP, , meta, , READ_ONLY"
    })
    void find_known(
            ResourceType type,
            @Nullable String urn,
            String name,
            @Nullable String subAttribute,
            Mutability mutability) {
        assertThat(type.find(urn, name, subAttribute)).get().satisfies(found -> {
            assertThat(found.name()).isEqualToIgnoringCase(subAttribute == null ? name : subAttribute);
            assertThat(found.mutability()).isEqualTo(mutability);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "USER, , title, ",
        "USER, , password, ",
        "USER, , externalId, ",
        "USER, , members, ",
        "USER, , department, ",
        "USER, , userName, value",
        "USER, , name, middleName",
        "USER, , emails, $ref",
        "USER, " + ENTERPRISE + ", userName, ",
        "USER, " + ENTERPRISE + ", id, ",
        "USER, " + GROUP + ", displayName, ",
        "USER, urn:example:unknown, userName, ",
        "GROUP, , userName, ",
        "GROUP, " + ENTERPRISE + ", department, "
    })
    void find_unknown(ResourceType type, @Nullable String urn, String name, @Nullable String subAttribute) {
        assertThat(type.find(urn, name, subAttribute)).isEmpty();
    }

    @Test
    void named() {
        assertThat(ResourceType.named("User")).contains(ResourceType.USER);
        assertThat(ResourceType.named("Group")).contains(ResourceType.GROUP);
        assertThat(ResourceType.named("Users")).isEmpty();
    }

    @Test
    void byUrn_anyCase() {
        assertThat(Schemas.byUrn("urn:ietf:params:scim:schemas:CORE:2.0:group")).contains(Schemas.GROUP);
        assertThat(Schemas.byUrn("urn:ietf:params:scim:schemas:core:2.0:Robot")).isEmpty();
    }
}

package dev.miroscim.scim.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Filters of groups, over HTTP and the database. */
@MiroScimTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GroupFilterTest {

    private QueryOrganization acme;

    @BeforeAll
    void create(@Autowired ApplicationContext context) {
        acme = new QueryOrganization(context);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    displayName eq "design"                     | design
                    DisplayName eq "OPS 100%"                   | ops
                    displayName co "%"                          | ops
                    displayName sw "nobody_"                    | nobody_yet
                    displayName sw "nobody%"                    |
                    displayName eq "Empty"                      |
                    displayName ne "Design"                     | ops nobody_yet
                    displayName pr                              | design ops nobody_yet
                    displayName gt "nobody"                     | ops nobody_yet
                    id eq "{design}"                            | design
                    id eq {ops} or displayName eq "Design"      | design ops
                    not (id eq {ops})                           | design nobody_yet
                    schemas eq "urn:ietf:params:scim:schemas:core:2.0:Group" | design ops nobody_yet
                    meta.resourceType eq "Group"                | design ops nobody_yet
                    meta.location ew "/Groups/{ops}"            | ops
                    meta.created ge "2020-01-01T00:00:00Z"      | design ops nobody_yet
                    meta.lastModified gt "2020-01-01T00:00:00"  | design ops nobody_yet
                    meta.lastModified lt "2020-01-01T00:00:00"  |
                    externalId eq "x"                           |
                    PLACEHOLDER eq "x"                          |
                    # Entra asks whether the member is there already
                    id eq {design} and members eq {ada}         | design
                    members eq "{bob}" and ID eq "{design}"     | design
                    id eq {ops} and Members eq {bob}            |
                    id eq {design} and members eq {guest}       |
                    id eq {design} and members eq nobody        |
                    """)
    void simpleAttributes(String filter, String names) {
        Answer answer = acme.filter("Groups", filter);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(QueryOrganization.names(answer)).isEqualTo(names == null ? "" : names);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "meta.lastModified gt \"garbage\"",
                "meta.created lt \"2026-13-01T00:00:00Z\"",
                "urn:ietf:params:scim:schemas:core:2.0:User:displayName eq \"Design\"",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq \"Design\""
            })
    void whatNoGroupCanBeAskedFor_isRefused(String filter) {
        Answer answer = acme.filter("Groups", filter);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("scimType").asString()).isEqualTo("invalidFilter");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "members.value eq \"{ada}\"",
                "members.display co \"a\"",
                "members[value eq \"{ada}\"]",
                "members pr",
                "members ne \"{ada}\"",
                "members.value pr",
                "displayName eq \"Design\" and members.value eq \"{ada}\"",
                "not (members co \"1\")"
            })
    void complexAttributes_areRefused(String filter) {
        Answer answer = acme.filter("Groups", filter);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("scimType").asString()).isEqualTo("invalidFilter");
        assertThat(answer.rules()).containsExactly("group-filter-simple-attributes");
    }
}

package dev.miroscim.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miroscim.scim.filter.FilterException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # path                          | urn | name     | sub       | filter              | sub after it
                    userName                        |     | userName |           |                     |
                    name.givenName                  |     | name     | givenName |                     |
                    roles.value                     |     | roles    | value     |                     |
                    members                         |     | members  |           |                     |
                    members[value eq "1"]           |     | members  |           | value eq "1"        |
                    members[value eq 3074457364022187294] | | members |          | value eq 3074457364022187294 |
                    members[value eq abc]           |     | members  |           | value eq "abc"      |
                    emails[type eq "work"].value    |     | emails   |           | type eq "work"      | value
                    emails[primary eq true].value   |     | emails   |           | primary eq true     | value
                    roles[primary eq "True"].value  |     | roles    |           | primary eq "True"   | value
                    x[a pr and (b pr or c pr)].$ref |     | x        |           | a pr and (b pr or c pr) | $ref
                    """)
    void parse_reads(String text, String urn, String name, String part, String filter, String partOfElement) {
        Path path = Path.parse(text);
        assertThat(path.attribute()).isEqualTo(new AttributePath(urn, name, part));
        assertThat(path.filter()).isEqualTo(filter == null ? null : Filter.parse(filter));
        assertThat(path.subAttribute()).isEqualTo(partOfElement);
        assertThat(Path.parse(path.toString())).isEqualTo(path);
        assertThat(Path.parse("  " + text + "\t")).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
                "URN:IETF:PARAMS:SCIM:SCHEMAS:EXTENSION:ENTERPRISE:2.0:USER",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0User"
            })
    void parse_knowsWhereTheUrnEnds(String urn) {
        assertThat(Path.parse(urn).attribute()).isEqualTo(new AttributePath(ENTERPRISE, "", null));
        assertThat(Path.parse(urn + ":").attribute()).isEqualTo(new AttributePath(ENTERPRISE, "", null));
        assertThat(Path.parse(urn + ":manager").attribute()).isEqualTo(new AttributePath(ENTERPRISE, "manager", null));
        assertThat(Path.parse(urn + ".manager").attribute()).isEqualTo(new AttributePath(ENTERPRISE, "manager", null));
        assertThat(Path.parse(urn + ":manager.displayName").attribute())
                .isEqualTo(new AttributePath(ENTERPRISE, "manager", "displayName"));
        assertThat(Path.parse(urn + ".manager.value").attribute())
                .isEqualTo(new AttributePath(ENTERPRISE, "manager", "value"));
        assertThat(Path.parse(urn + ":manager[value eq \"1\"].displayName").target())
                .isEqualTo(new AttributePath(ENTERPRISE, "manager", "displayName"));
    }

    @ParameterizedTest
    @CsvSource({
        "urn:ietf:params:scim:schemas:core:2.0:User:userName, userName",
        "urn:ietf:params:scim:schemas:core:2.0:user:name.givenName, name.givenName",
        "urn:ietf:params:scim:schemas:core:2.0:Group:displayName, displayName",
        "urn:ietf:params:scim:schemas:core:2.0:User.title, title",
        "manager, manager"
    })
    void parse_leavesTheCoreUrnOut(String text, String canonical) {
        Path path = Path.parse(text);
        assertThat(path).hasToString(canonical);
        assertThat(path.attribute().urn()).isNull();
        assertThat(path.attribute().isCore()).isTrue();
    }

    @Test
    void parse_keepsTheCoreUrnThatStandsAlone() {
        AttributePath user =
                Path.parse("urn:ietf:params:scim:schemas:core:2.0:user").attribute();
        assertThat(user.isWholeSchema()).isTrue();
        assertThat(user.isCore()).isTrue();
        assertThat(user).hasToString("urn:ietf:params:scim:schemas:core:2.0:User");
    }

    @ParameterizedTest
    @CsvSource({
        "urn:example:2.0:User:badge.colour, urn:example:2.0:User, badge, colour",
        "urn:example:2.0:User, urn:example:2.0, User,",
        "urn:scim:schemas:extension:enterprise:1.0:department, urn:scim:schemas:extension:enterprise:1.0, department,",
        "urn:ietf:params:scim:schemas:core:2.0:Users:x, urn:ietf:params:scim:schemas:core:2.0:Users, x,"
    })
    void parse_splitsOtherUrnsAtTheLastColon(String text, String urn, String name, String part) {
        assertThat(Path.parse(text).attribute()).isEqualTo(new AttributePath(urn, name, part));
        assertThat(Path.parse(text).attribute().isCore()).isFalse();
        assertThat(Path.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                                                |  0 | expected an attribute name at position 0, found nothing
                    a b                         |  2 | expected the end at position 2, found "b"
                    a,b                         |  1 | expected the end
                    a=b                         |  1 | expected the end
                    a[                          |  2 | expected an attribute name
                    a[]                         |  2 | expected an attribute name
                    a[0]                        |  2 | expected an attribute name
                    a['b']                      |  2 | expected an attribute name
                    a[b]                        |  3 | expected an operator
                    a[b eq 1                    |  8 | expected "and", "or" or "]"
                    a[(b eq 1]                  |  9 | expected "and", "or" or ")"
                    a[b eq]                     |  6 | expected a space after "eq"
                    a[b eq 1 and]               | 12 | expected an attribute name
                    a[b eq 1]]                  |  9 | expected the end
                    a[b eq 1]c                  |  9 | expected the end
                    a[b eq 1].                  | 10 | expected the name of one sub-attribute
                    a[b eq 1].c.d               | 10 | expected the name of one sub-attribute
                    a[b eq 1].c[d eq 2]         | 11 | expected the end
                    a[b eq 1][c eq 2]           |  9 | expected the end
                    a[b eq "1]                  | 10 | expected the double quote
                    a[b[c pr]]                  |  3 | expected no second "["
                    a[b[c pr].d pr]             |  3 | expected no second "["
                    a.b[c pr]                   |  3 | expected no "[" after a sub-attribute
                    a [b eq 1]                  |  2 | expected the end
                    a]                          |  1 | expected the end
                    a.                          |  2 | expected the name of one sub-attribute
                    a..b                        |  2 | expected the name of one sub-attribute
                    a.b.c                       |  2 | expected the name of one sub-attribute
                    .a                          |  0 | expected an attribute name
                    /members                    |  0 | expected an attribute name
                    "a"                         |  0 | expected an attribute name
                    urn:                        |  0 | expected an attribute name
                    urn:a                       |  0 | expected an attribute name
                    urn:a:                      |  6 | expected an attribute name
                    a eq "x"                    |  2 | expected the end
                    """)
    void parse_refuses(String text, int position, String message) {
        String sent = text == null ? "" : text;
        FilterException e = catchThrowableOfType(FilterException.class, () -> Path.parse(sent));
        assertThat(e).isNotNull().hasMessageStartingWith("Invalid path: ").hasMessageContaining(message);
        assertThat(e.position()).isEqualTo(position);
        assertThat(e.kind()).isEqualTo(Kind.PATH);
    }

    @Test
    void parse_limitsLengthAndDepth() {
        assertThatThrownBy(() -> Path.parse("a".repeat(4097)))
                .isInstanceOf(FilterException.class)
                .hasMessage("Invalid path: longer than 4096 characters");
        assertThat(Path.parse("a[" + "(".repeat(49) + "b pr" + ")".repeat(49) + "]"))
                .isNotNull();
        assertThatThrownBy(() -> Path.parse("a[" + "(".repeat(50) + "b pr" + ")".repeat(50) + "]"))
                .isInstanceOf(FilterException.class)
                .hasMessageContaining("no more than 50 levels");
    }

    @Test
    void parseList_readsNamesBetweenCommas() {
        assertThat(Path.parseList(" userName,, name.givenName ,emails[value eq \"a,b\"].type,", null))
                .extracting(path -> path.target().toString())
                .containsExactly("userName", "name.givenName", "emails.type");
        assertThat(Path.parseList(" , ,", null)).isEmpty();
        assertThat(Path.parseList("", null)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a;b", "a[", "a,[x]", "*", "a.b.c", "\"a\""})
    void parseList_refuses(String text) {
        FilterException e = catchThrowableOfType(FilterException.class, () -> Path.parseList(text, null));
        assertThat(e).isNotNull().hasMessageStartingWith("Invalid attribute name: ");
        assertThat(e.kind()).isEqualTo(Kind.ATTRIBUTES);
    }

    @Test
    void is_comparesNamesInAnyCase() {
        assertThat(Path.parse("EMAILS[type eq \"work\"].Value").target().is("emails.value"))
                .isTrue();
        assertThat(Path.parse("EMAILS[type eq \"work\"]").target().is("emails")).isTrue();
        assertThat(Path.parse("emails").target().is("emails.value")).isFalse();
        assertThat(AttributePath.parse("Name.GivenName").is("name.givenName")).isTrue();
        assertThat(AttributePath.parse("Name.GivenName").key()).isEqualTo("name.givenname");
        assertThat(AttributePath.parse(ENTERPRISE + ".Department").is(ENTERPRISE + ":department"))
                .isTrue();
        assertThat(AttributePath.parse(ENTERPRISE + ":Department").key())
                .isEqualTo("urn:ietf:params:scim:schemas:extension:enterprise:2.0:user:department");
        assertThat(AttributePath.parse(ENTERPRISE).is(ENTERPRISE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a[b pr]", "a b", "a,b", "a.b.c"})
    void attributePath_isNothingButAName(String text) {
        FilterException e = catchThrowableOfType(FilterException.class, () -> AttributePath.parse(text));
        assertThat(e).isNotNull();
        assertThat(e.kind()).isEqualTo(Kind.ATTRIBUTES);
    }
}

package dev.miroscim.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.miroscim.scim.filter.Filter.And;
import dev.miroscim.scim.filter.Filter.Comparison;
import dev.miroscim.scim.filter.Filter.Not;
import dev.miroscim.scim.filter.Filter.Or;
import dev.miroscim.scim.filter.Filter.Present;
import dev.miroscim.scim.filter.Filter.ValuePath;
import dev.miroscim.scim.filter.FilterException.Kind;
import java.math.BigDecimal;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    /** A filter is written back in one way only, with parentheses where precedence alone would mean another tree. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # as Miro documents it
                    userName eq "user@miro.com"                | userName eq "user@miro.com"
                    (userName eq "user@miro.com")              | userName eq "user@miro.com"
                    active eq true                             | active eq true
                    groups.value eq "3458764577585056871"      | groups.value eq "3458764577585056871"
                    userType ne "Full"                         | userType ne "Full"
                    # every operator, in any case
                    a eq 1 or a ne 1 or a gt 1                 | a eq 1 or a ne 1 or a gt 1
                    a ge 1 or a lt 1 or a le 1                 | a ge 1 or a lt 1 or a le 1
                    a co "x" or a sw "x" or a ew "x" or a pr   | a co "x" or a sw "x" or a ew "x" or a pr
                    a EQ 1 OR a Co "x" And NOT (a PR)          | a eq 1 or a co "x" and not (a pr)
                    # precedence
                    a pr and b pr or c pr                      | a pr and b pr or c pr
                    a pr or b pr and c pr                      | a pr or b pr and c pr
                    (a pr or b pr) and c pr                    | (a pr or b pr) and c pr
                    a pr and (b pr and c pr)                   | a pr and (b pr and c pr)
                    a pr or (b pr or c pr)                     | a pr or (b pr or c pr)
                    ((a pr) and ((b pr)))                      | a pr and b pr
                    not (a pr or b pr) and c pr                | not (a pr or b pr) and c pr
                    not(a pr)                                  | not (a pr)
                    not (not (a pr))                           | not (not (a pr))
                    (a pr)and(b pr)                            | a pr and b pr
                    a eq "x"and b pr                           | a eq "x" and b pr
                    # value paths
                    emails[type eq "work" and value co "@x"]   | emails[type eq "work" and value co "@x"]
                    emails[ type eq "work" ] and a pr          | emails[type eq "work"] and a pr
                    members[value eq 3074457364022187294]      | members[value eq 3074457364022187294]
                    emails[not (type eq "work")]               | emails[not (type eq "work")]
                    # Entra's value path
                    emails[type eq "work"].value eq "x@y.z"    | emails[type eq "work" and value eq "x@y.z"]
                    emails[type eq "a" or primary eq true].value pr \
                        | emails[(type eq "a" or primary eq true) and value pr]
                    emails[type eq "work"].value eq "x" or a pr | emails[type eq "work" and value eq "x"] or a pr
                    # unquoted values, as Entra and its documentation have them
                    externalId eq jyoung                       | externalId eq "jyoung"
                    id eq 3074457365265951581 and manager eq 7 | id eq 3074457365265951581 and manager eq 7
                    meta.Created gt 2015-10-10T14:38:21.8617979-07:00 | meta.Created gt "2015-10-10T14:38:21.8617979-07:00"
                    emails.Value co example.com                | emails.Value co "example.com"
                    userName eq jane+x@contoso.com             | userName eq "jane+x@contoso.com"
                    (name.familyName eq O'Brien)               | name.familyName eq "O'Brien"
                    emails[type eq work].value eq a@b          | emails[type eq "work" and value eq "a@b"]
                    PLACEHOLDER eq 8646d011-1e67               | PLACEHOLDER eq "8646d011-1e67"
                    id eq 12e45678                             | id eq "12e45678"
                    a eq 007                                   | a eq "007"
                    a eq 1.                                    | a eq "1."
                    a eq -0                                    | a eq "-0"
                    a eq TRUE or a eq False or a eq NULL       | a eq true or a eq false or a eq null
                    a eq truest                                | a eq "truest"
                    # quoted values
                    a eq "100% @ (x) [y] and \\"z\\" \\\\ \\/ ü" | a eq "100% @ (x) [y] and \\"z\\" \\\\ / ü"
                    a eq "\\u00FC\\ud83d\\uDE00\\n\\b\\f\\r\\t" | a eq "ü😀\\u000a\\u0008\\u000c\\u000d\\u0009"
                    a eq ""                                    | a eq ""
                    a eq "True"                                | a eq "True"
                    # names
                    $ref eq "x"                                | $ref eq "x"
                    members.$ref eq "x"                        | members.$ref eq "x"
                    x-y_2 pr                                   | x-y_2 pr
                    urn:ietf:params:scim:schemas:core:2.0:User:userName pr              | userName pr
                    URN:ietf:params:scim:schemas:CORE:2.0:group:displayName pr          | displayName pr
                    urn:ietf:params:scim:schemas:core:2.0:User:emails[type eq "work"].value eq "x" \
                        | emails[type eq "work" and value eq "x"]
                    """)
    void parse_reads(String text, String canonical) {
        assertThat(Filter.parse(text)).hasToString(canonical);
        assertThat(Filter.parse(canonical)).isEqualTo(Filter.parse(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # nothing, or not all of it
                                                |  0 | expected an attribute name at position 0, found nothing
                    userName                    |  8 | expected an operator (eq, ne, co,
                    userName eq                 | 11 | expected a value (a string in double quotes,
                    userName eq and active pr   | 12 | expected a value
                    "bjensen"                   |  0 | expected an attribute name
                    {RANDOMUSERNAME}            |  0 | found "{RANDOMUSERNAME}"
                    eq "x"                      |  3 | expected an operator
                    pr                          |  2 | expected an operator
                    and a pr                    |  0 | expected an attribute name
                    a pr and                    |  8 | expected an attribute name at position 8, found the end
                    a pr or or b pr             |  8 | expected an attribute name
                    ()                          |  1 | expected an attribute name
                    # too much
                    a pr b pr                   |  5 | expected "and", "or" or the end at position 5, found "b pr"
                    a pr "x"                    |  5 | expected "and", "or" or the end
                    userName eq Bob Smith       | 16 | expected "and", "or" or the end
                    a eq "x"b                   |  8 | expected "and", "or" or the end
                    a eq "x""                   |  8 | expected "and", "or" or the end
                    a eq x"                     |  6 | expected "and", "or" or the end
                    a eq f(x)                   |  6 | expected "and", "or" or the end
                    a pr andb pr                |  5 | expected "and", "or" or the end
                    a pr)                       |  4 | expected "and", "or" or the end
                    a eq 1]                     |  6 | expected "and", "or" or the end
                    # brackets
                    (a pr                       |  5 | expected "and", "or" or ")" at position 5, found the end
                    (a pr]                      |  5 | expected "and", "or" or ")"
                    not a pr                    |  4 | expected "(" after "not"
                    not                         |  3 | expected "(" after "not" at position 3, found the end
                    emails[]                    |  7 | expected an attribute name
                    emails[type eq "work"       | 21 | expected "and", "or" or "]"
                    emails[type eq "work")      | 21 | expected "and", "or" or "]"
                    (emails[type eq "work")]    | 22 | expected "and", "or" or "]"
                    emails[type eq "work"]]     | 22 | expected "and", "or" or the end
                    emails [type eq "work"]     |  7 | expected an operator
                    emails[type eq "work"].     | 23 | expected the name of one sub-attribute
                    emails[type eq "work"].value| 28 | expected an operator
                    emails[type eq "work"].a.b pr | 23 | expected the name of one sub-attribute
                    emails[x[y pr]]             |  8 | expected no second "["
                    name.givenName[value pr]    | 14 | expected no "[" after a sub-attribute
                    # values
                    a eq "x                     |  7 | expected the double quote that ends the string from position 5
                    a eq "x\\"                  |  9 | expected the double quote
                    a eq "x\\                   |  7 | expected a complete escape sequence
                    a eq "\\x"                  |  6 | expected one of the escape sequences of JSON
                    a eq "\\u12"                |  6 | expected four hexadecimal digits
                    a eq "\\u12g4"              |  6 | expected four hexadecimal digits
                    a eq "\\u0000"              |  5 | expected a value without U+0000
                    a eq "\\ud83dx"             |  5 | expected a value without U+0000 and unpaired surrogates
                    a eq 'x'                    |  5 | expected a value (a string in double quotes
                    a eq “x”                    |  5 | expected a value (a string in double quotes
                    a eq „x“                    |  5 | expected a value (a string in double quotes
                    a eq «x»                    |  5 | expected a value (a string in double quotes
                    a eq ‘x’                    |  5 | expected a value (a string in double quotes
                    a eq ＂x＂                   |  5 | expected a value (a string in double quotes
                    a eq x”                     |  5 | expected a value (a string in double quotes
                    a[b eq “x”]                 |  7 | expected a value (a string in double quotes
                    a eq [1]                    |  5 | expected a value
                    a eq"x"                     |  4 | expected a space after "eq"
                    a"x"                        |  1 | expected an operator
                    a gt true                   |  5 | expected something other than a boolean
                    a le False                  |  5 | expected something other than a boolean
                    a lt null                   |  5 | expected something other than null after "lt"
                    a co null                   |  5 | expected something other than null after "co"
                    # operators and names
                    a is "x"                    |  2 | expected an operator
                    a = "x"                     |  2 | expected an operator
                    a.b.c pr                    |  2 | expected the name of one sub-attribute
                    a. pr                       |  2 | expected the name of one sub-attribute
                    .a pr                       |  0 | expected an attribute name
                    a..b pr                     |  2 | expected the name of one sub-attribute
                    5a pr                       |  0 | expected an attribute name
                    -a pr                       |  0 | expected an attribute name
                    ä pr                        |  0 | expected an attribute name
                    foo:bar pr                  |  0 | expected an attribute name
                    urn: pr                     |  0 | expected an attribute name
                    urn:x: pr                   |  6 | expected an attribute name
                    urn:ietf:params:scim:schemas:core:2.0:User:a.b.c pr | 45 | expected the name of one sub-attribute
                    """)
    void parse_refuses(String text, int position, String message) {
        String sent = text == null ? "" : text;
        FilterException e = catchThrowableOfType(FilterException.class, () -> Filter.parse(sent));
        assertThat(e).isNotNull().hasMessageStartingWith("Invalid filter: ").hasMessageContaining(message);
        assertThat(e.position()).isEqualTo(position);
        assertThat(e.kind()).isEqualTo(Kind.FILTER);
    }

    @ParameterizedTest
    @ValueSource(strings = {" a  eq   1 ", "\ta\neq\r\n1\t", "a\u00a0eq\u20031", "( a eq 1 )", "(\n(a eq 1\t))"})
    void parse_takesAnySpace(String text) {
        assertThat(Filter.parse(text)).hasToString("a eq 1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\r\n"})
    void parse_blankHoldsNothing(String text) {
        assertThatThrownBy(() -> Filter.parse(text))
                .isInstanceOf(FilterException.class)
                .hasMessageEndingWith("found nothing");
    }

    @Test
    void parse_tree() {
        assertThat(Filter.parse("a eq \"x\" or not (name.b pr) and c[d ge 1].e sw \"f\" or g eq null"))
                .isEqualTo(new Or(
                        new Or(
                                new Comparison(attribute("a"), Operator.EQ, new Literal.Text("x")),
                                new And(
                                        new Not(new Present(new AttributePath(null, "name", "b"))),
                                        new ValuePath(
                                                attribute("c"),
                                                new And(
                                                        new Comparison(
                                                                attribute("d"),
                                                                Operator.GE,
                                                                new Literal.Num(BigDecimal.ONE)),
                                                        new Comparison(
                                                                attribute("e"), Operator.SW, new Literal.Text("f")))))),
                        new Comparison(attribute("g"), Operator.EQ, new Literal.Null())));
    }

    @ParameterizedTest
    @CsvSource({
        "3074457364022187294, 3074457364022187294",
        "\"3074457364022187294\", 3074457364022187294",
        "123456789012345678901234567890, 123456789012345678901234567890",
        "1.50, 1.50",
        "0.00000001, 0.00000001",
        "-5, -5",
        "-0.0, -0.0",
        "1e999999999, 1e999999999",
        "1E5, 1E5",
        "True, true",
        "NULL, null",
        "abc, abc"
    })
    void literal_keepsItsText(String written, String text) {
        assertThat(literal("a eq " + written).text()).isEqualTo(text);
    }

    @Test
    void literal_isBooleanAlsoAsText() {
        assertThat(literal("a eq true").asBoolean()).hasValue(true);
        assertThat(literal("a eq \"True\"").asBoolean()).hasValue(true);
        assertThat(literal("a eq \"FALSE\"").asBoolean()).hasValue(false);
        assertThat(literal("a eq False").asBoolean()).hasValue(false);
        assertThat(literal("a eq \"yes\"").asBoolean()).isEmpty();
        assertThat(literal("a eq 1").asBoolean()).isEmpty();
        assertThat(literal("a eq null").asBoolean()).isEmpty();
    }

    @Test
    void parse_limitsLength() {
        String longest = "a eq \"" + "x".repeat(Parser.MAX_LENGTH - 7) + "\"";
        assertThat(Filter.parse(longest)).isInstanceOf(Comparison.class);
        assertThatThrownBy(() -> Filter.parse(longest + " "))
                .isInstanceOf(FilterException.class)
                .hasMessage("Invalid filter: longer than 4096 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "not (", "not("})
    void parse_limitsDepth(String open) {
        assertThat(Filter.parse(nested(open, 50))).isNotNull();
        assertThat(Filter.parse("(" + nested(open, 49) + ") and " + nested(open, 50)))
                .isNotNull();
        assertThatThrownBy(() -> Filter.parse(nested(open, 51)))
                .isInstanceOf(FilterException.class)
                .hasMessageContaining("no more than 50 levels");
        assertThatThrownBy(() -> Filter.parse(open.repeat(4000 / open.length())))
                .isInstanceOf(FilterException.class);
    }

    @Test
    void parse_countsBracketsAsDepth() {
        assertThat(Filter.parse("x[" + nested("(", 49) + "]")).isInstanceOf(ValuePath.class);
        assertThatThrownBy(() -> Filter.parse("x[" + nested("(", 50) + "]")).isInstanceOf(FilterException.class);
    }

    @Test
    void parse_limitsTerms() {
        Filter longest = Filter.parse(chain(500));
        assertThat(longest)
                .isEqualTo(Filter.parse(longest.toString()))
                .hasSameHashCodeAs(Filter.parse(longest.toString()));
        assertThatThrownBy(() -> Filter.parse(chain(501)))
                .isInstanceOf(FilterException.class)
                .hasMessageContaining("no more than 500 conditions");
    }

    @Test
    void exception_quotesLittleAndOnlyWhatCanBeWritten() {
        assertThatThrownBy(() -> Filter.parse("userName \u0001\ud800😀" + "x".repeat(1000)))
                .isInstanceOf(FilterException.class)
                .hasMessageEndingWith("at position 9, found \" \ufffd😀" + "x".repeat(37) + "…\"");
    }

    private static AttributePath attribute(String name) {
        return new AttributePath(null, name, null);
    }

    private static Literal literal(String comparison) {
        return ((Comparison) Filter.parse(comparison)).value();
    }

    private static String nested(String open, int depth) {
        return open.repeat(depth) + "a pr" + ")".repeat(depth);
    }

    private static String chain(int terms) {
        return String.join(" or ", Collections.nCopies(terms, "a pr"));
    }
}

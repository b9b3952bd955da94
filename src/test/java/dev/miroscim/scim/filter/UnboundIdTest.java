package dev.miroscim.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import dev.miroscim.scim.filter.Filter.And;
import dev.miroscim.scim.filter.Filter.Comparison;
import dev.miroscim.scim.filter.Filter.Not;
import dev.miroscim.scim.filter.Filter.Or;
import dev.miroscim.scim.filter.Filter.Present;
import dev.miroscim.scim.filter.Filter.ValuePath;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ValueNode;

/**
 * Compares this parser with the UnboundID SDK's, on which Miro seems to run: where the SDK and RFC 7644 agree, this
 * parser must too.
 */
class UnboundIdTest {

    private static final long SEED = 7644;

    @Test
    void filters_thatTheRfcAllowsAreReadAlike() {
        Corpus corpus = new Corpus(SEED);
        for (int i = 0; i < 3_000; i++) {
            String text = String.join(" ", corpus.filter(2, false));
            assertThat(ours(text)).as(text).isPresent().isEqualTo(theirs(text));
        }
    }

    @Test
    void paths_thatTheRfcAllowsAreReadAlike() {
        Corpus corpus = new Corpus(SEED);
        for (int i = 0; i < 2_000; i++) {
            String text = corpus.path();
            assertThat(ourPath(text)).as(text).isPresent().isEqualTo(theirPath(text));
        }
    }

    /** A token left out, doubled, swapped with another or put in where it may not belong. */
    @Test
    void filters_withMisplacedTokensAreReadAlikeButForKnownDifferences() {
        Corpus corpus = new Corpus(SEED);
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 10_000; i++) {
            List<String> tokens = corpus.misplaced(corpus.filter(1, false));
            String text = String.join(" ", tokens);
            Optional<String> ours = ours(text);
            Optional<String> theirs = theirs(text);
            if (ours.equals(theirs)) {
                read += ours.isPresent() ? 1 : 0;
                refused += ours.isPresent() ? 0 : 1;
            } else {
                assertThat(Difference.values()).as(text).anyMatch(difference -> difference.explains(tokens, ours));
            }
        }
        assertThat(read).isGreaterThan(500);
        assertThat(refused).isGreaterThan(5_000);
    }

    /** All known differences, deliberate ones and faults of the SDK. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # filter                                  | ours   | theirs | why
                    externalId eq jyoung                      | read   |        | Entra sends values without quotes
                    active eq True                            | read   |        | as above
                    emails[type eq "work"].value eq "x"       | read   |        | Entra matches users like that
                    emails[type eq "work"].value pr           | read   |        | as above
                    a eq 01                                   | read   |        | an unquoted id may begin with 0
                    a\u00a0pr                                 | read   |        | a space that a web page put in
                    active gt true                            |        | read   | RFC 7644: booleans have no order
                    a lt null                                 |        | read   | nor has null
                    a co null                                 |        | read   | nor does null have parts
                    a eq "\\u0000"                           |        | read   | PostgreSQL cannot store it
                    a eq "\\ud800"                           |        | read   | half a character is no text
                    a.b.c pr                                  |        | read   | RFC 7643: complex attributes do not nest
                    a.b[c pr]                                 |        | read   | as above
                    and pr                                    |        | read   | more probably an operand is missing
                    5a pr                                     |        | read   | RFC 7643: names begin with a letter
                    _a pr                                     |        | read   | as above
                    ä pr                                      |        | read   | RFC 7643: names are ASCII
                    emails[type eq "work"                     |        | read   | the bracket is not closed
                    a pr and b pr )                           |        | read   | the parenthesis was not opened
                    urn:example:2.0:Badge:                    |        |        | alike: a URN alone is no condition
                    """)
    void filters_knownDifferences(String text, String ours, String theirs, String why) {
        assertThat(ours(text).isPresent()).as(why).isEqualTo(ours != null);
        assertThat(isTheirFilter(text)).as(why).isEqualTo(theirs != null);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    # path                                    | ours   | theirs | why
                    members[value eq abc]                     | read   |        | values come without quotes
                    a.b.c                                     |        | read   | RFC 7643: complex attributes do not nest
                    a[b eq 1].c.d                             |        | read   | as above
                    a.b[c eq 1].d                             |        | read   | as above
                    a[b eq 1][c eq 2]                         |        | read   | RFC 7644: one filter
                    a[b eq 1]c                                |        | read   | the dot is missing
                    a[b eq 1                                  |        | read   | the bracket is not closed
                    5a                                        |        | read   | RFC 7643: names begin with a letter
                    urn:example:2.0:Badge:                    |        | read   | RFC 7644: a path names an attribute
                    """)
    void paths_knownDifferences(String text, String ours, String theirs, String why) {
        assertThat(ourPath(text).isPresent()).as(why).isEqualTo(ours != null);
        assertThat(isTheirPath(text)).as(why).isEqualTo(theirs != null);
    }

    /** Both read these, but not as the same. */
    @Test
    void knownDifferencesInMeaning() {
        assertThat(ours("id eq 12e4")).hasValue("id eq \"12e4\"");
        assertThat(theirs("id eq 12e4")).hasValue("id eq 120000");

        String enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
        assertThat(ourPath(enterprise + ".manager")).hasValue(enterprise + ":manager");
        assertThat(theirPath(enterprise + ".manager"))
                .hasValue("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.manager");
        assertThat(Path.parse(enterprise + ".manager").attribute().name()).isEqualTo("manager");

        assertThat(Path.parse(enterprise).attribute().isWholeSchema()).isTrue();
        // A PATCH operation without a path is one that has none, not one with an empty path.
        assertThat(ourPath("")).isEmpty();
        assertThat(isTheirPath("")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "userName",
                "userName eq",
                "\"bjensen\"",
                "eq \"x\"",
                "a foo \"x\"",
                "a = 1",
                "a eq\"x\"",
                "a eq 'x'",
                "a eq \"x",
                "a eq \"\\x\"",
                "a eq \"\\u12\"",
                "a eq \"a\tb\"",
                "a eq [1]",
                "a eq {\"x\":1}",
                "a eq 1 2",
                "a eq \"x\"b",
                "a pr b pr",
                "a pr and",
                "and a pr",
                "a pr or or b pr",
                "a pr andb pr",
                "not a pr",
                "not ()",
                "()",
                "(a pr",
                "((a pr)",
                "a pr)",
                "a pr (b pr)",
                "a eq 1]",
                "emails[]",
                "emails[a[b pr]]",
                "emails [type eq \"work\"]",
                "emails[type eq \"work\"]]",
                "emails[(type eq \"work\"]",
                "(emails[type eq \"work\")]",
                ".a pr",
                "a. pr",
                "a..b pr",
                "foo:bar pr",
                "{RANDOMUSERNAME}"
            })
    void filters_thatTheRfcForbidsAreRefusedByBoth(String text) {
        assertThat(ours(text)).isEmpty();
        assertThat(isTheirFilter(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.", "a..b", ".a", "a[", "a[]", "a[0]", "a['b']", "a[b]", "a[b eq]", "a[b eq 1 and]", "a[(b eq 1]",
                "a[b eq 1].", "a[b eq 1]]", "a [b eq 1]", "a]", "a b", "a,b", "a=b", "a\"b", "/members", "urn:", "urn:a"
            })
    void paths_thatTheRfcForbidsAreRefusedByBoth(String text) {
        assertThat(ourPath(text)).isEmpty();
        assertThat(isTheirPath(text)).isFalse();
    }

    /** Why one parser may read a random filter that the other does not. */
    private enum Difference {
        SDK_OVERLOOKS_UNBALANCED_BRACKETS(false) {
            @Override
            boolean occursIn(List<String> tokens) {
                int parentheses = 0;
                int brackets = 0;
                for (String token : tokens) {
                    parentheses += token.equals("(") ? 1 : token.equals(")") ? -1 : 0;
                    brackets += token.endsWith("[") ? 1 : token.equals("]") ? -1 : 0;
                }
                return parentheses != 0 || brackets != 0;
            }
        },
        SDK_ORDERS_WHAT_HAS_NO_ORDER(false) {
            @Override
            boolean occursIn(List<String> tokens) {
                return comparison(tokens, (operator, value) -> operator.isOrdering() && isBooleanOrNull(value));
            }
        },
        SDK_SEARCHES_IN_NULL(false) {
            @Override
            boolean occursIn(List<String> tokens) {
                return comparison(tokens, (operator, value) -> operator.isSubstring() && value.equals("null"));
            }
        },
        SDK_TAKES_ANY_WORD_FOR_A_NAME(false) {
            @Override
            boolean occursIn(List<String> tokens) {
                return IntStream.range(1, tokens.size())
                        .filter(i -> isOperator(tokens.get(i)))
                        .anyMatch(i -> tokens.get(i - 1).matches("(?i)and|or|not|-?[0-9].*"));
            }
        },
        UNQUOTED_VALUES_ARE_READ(true) {
            @Override
            boolean occursIn(List<String> tokens) {
                return comparison(
                        tokens, (_, value) -> !value.matches("[\"()\\[\\]].*|-?[0-9.]+") && !isBooleanOrNull(value));
            }
        };

        private final boolean weReadIt;

        Difference(boolean weReadIt) {
            this.weReadIt = weReadIt;
        }

        abstract boolean occursIn(List<String> tokens);

        boolean explains(List<String> tokens, Optional<String> ours) {
            return ours.isPresent() == weReadIt && occursIn(tokens);
        }

        private static boolean comparison(List<String> tokens, BiPredicate<Operator, String> condition) {
            return IntStream.range(1, tokens.size())
                    .anyMatch(i -> Operator.of(tokens.get(i - 1))
                            .filter(operator -> condition.test(operator, tokens.get(i)))
                            .isPresent());
        }

        private static boolean isOperator(String token) {
            return token.equalsIgnoreCase("pr") || Operator.of(token).isPresent();
        }

        private static boolean isBooleanOrNull(String token) {
            return List.of("true", "false", "null").contains(token);
        }
    }

    // Both parsers' results in one form that does not tell "a and (b and c)" from "(c and b) and a": the SDK builds its
    // trees differently and lists some operands twice.

    private static Optional<String> ours(String text) {
        try {
            return Optional.of(normal(Filter.parse(text)));
        } catch (FilterException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> theirs(String text) {
        try {
            return Optional.of(normal(converted(com.unboundid.scim2.common.filters.Filter.fromString(text))));
        } catch (BadRequestException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> ourPath(String text) {
        try {
            return Optional.of(normal(Path.parse(text)));
        } catch (FilterException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> theirPath(String text) {
        try {
            return Optional.of(normal(converted(com.unboundid.scim2.common.Path.fromString(text))));
        } catch (BadRequestException | RuntimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isTheirFilter(String text) {
        try {
            return com.unboundid.scim2.common.filters.Filter.fromString(text) != null;
        } catch (BadRequestException | RuntimeException e) {
            return false;
        }
    }

    private static boolean isTheirPath(String text) {
        try {
            return com.unboundid.scim2.common.Path.fromString(text) != null;
        } catch (BadRequestException | RuntimeException e) {
            return false;
        }
    }

    private static String normal(Path path) {
        return path.attribute()
                + (path.filter() == null ? "" : "[" + normal(path.filter()) + "]")
                + (path.subAttribute() == null ? "" : "." + path.subAttribute());
    }

    private static String normal(Filter filter) {
        return switch (filter) {
            case And and ->
                "and" + operands(and, node -> node instanceof And(Filter l, Filter r) ? List.of(l, r) : null);
            case Or or -> "or" + operands(or, node -> node instanceof Or(Filter l, Filter r) ? List.of(l, r) : null);
            case Not(Filter inner) -> "not(" + normal(inner) + ")";
            case ValuePath(AttributePath attribute, Filter inner) -> attribute + "[" + normal(inner) + "]";
            case Present present -> present.toString();
            case Comparison(AttributePath attribute, Operator operator, Literal.Num(BigDecimal value)) ->
                attribute + " " + operator + " " + value.stripTrailingZeros().toPlainString();
            case Comparison comparison -> comparison.toString();
        };
    }

    private static TreeSet<String> operands(Filter filter, Function<Filter, List<Filter>> split) {
        TreeSet<String> operands = new TreeSet<>();
        List<Filter> parts = split.apply(filter);
        if (parts == null) {
            operands.add(normal(filter));
        } else {
            parts.forEach(part -> operands.addAll(operands(part, split)));
        }
        return operands;
    }

    private static Filter converted(com.unboundid.scim2.common.filters.Filter filter) {
        return switch (filter.getFilterType()) {
            case AND -> converted(filter.getCombinedFilters(), And::new);
            case OR -> converted(filter.getCombinedFilters(), Or::new);
            case NOT -> new Not(converted(filter.getInvertedFilter()));
            case PRESENT -> new Present(converted(filter.getAttributePath()).attribute());
            case COMPLEX_VALUE ->
                new ValuePath(converted(filter.getAttributePath()).attribute(), converted(filter.getValueFilter()));
            default ->
                new Comparison(
                        converted(filter.getAttributePath()).attribute(),
                        Operator.of(filter.getFilterType().getStringValue()).orElseThrow(),
                        converted(filter.getComparisonValue()));
        };
    }

    private static Filter converted(
            List<com.unboundid.scim2.common.filters.Filter> filters, BinaryOperator<Filter> combination) {
        return filters.stream()
                .map(UnboundIdTest::converted)
                .reduce(combination)
                .orElseThrow();
    }

    private static Literal converted(ValueNode value) {
        return switch (value.getNodeType()) {
            case STRING -> new Literal.Text(value.stringValue());
            case BOOLEAN -> new Literal.Bool(value.booleanValue());
            case NUMBER -> new Literal.Num(value.decimalValue());
            case NULL -> new Literal.Null();
            default -> throw new IllegalArgumentException(value.toString());
        };
    }

    private static Path converted(com.unboundid.scim2.common.Path path) {
        String urn = path.getSchemaUrn();
        if (urn != null && urn.toLowerCase(Locale.ROOT).startsWith("urn:ietf:params:scim:schemas:core:2.0:")) {
            urn = null;
        }
        String name = path.getElement(0).getAttribute();
        com.unboundid.scim2.common.filters.Filter filter = path.getElement(0).getValueFilter();
        String part = path.size() > 1 ? path.getElement(1).getAttribute() : null;
        if (path.size() > 2 || path.size() > 1 && path.getElement(1).getValueFilter() != null) {
            throw new IllegalArgumentException("deeper than SCIM's attributes: " + path);
        }
        return filter == null
                ? new Path(new AttributePath(urn, name, part), null, null)
                : new Path(new AttributePath(urn, name, null), converted(filter), part);
    }

    /** Filters and paths of RFC 7644, at random. */
    private static final class Corpus {

        private static final List<String> NAMES = List.of(
                "userName", "active", "emails", "x", "meta", "nickName", "a-b_c2", "not1", "order", "andy", "$ref");
        private static final List<String> PARTS = List.of("value", "type", "primary", "$ref", "givenName", "or1");
        private static final List<String> URNS = List.of(
                "urn:ietf:params:scim:schemas:core:2.0:User:",
                "urn:ietf:params:scim:schemas:core:2.0:Group:",
                "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:",
                "urn:example:params:2.0:Badge:");
        private static final List<String> EQUALITY = List.of("eq", "ne");
        private static final List<String> SUBSTRING = List.of("co", "sw", "ew");
        private static final List<String> ORDERING = List.of("gt", "ge", "lt", "le");
        private static final List<String> STRINGS = List.of(
                "",
                "x",
                "user@example.com",
                "100 %",
                "a and b pr",
                "(x) or [y]",
                "\\\"quoted\\\"",
                "back\\\\slash",
                "sla\\/sh",
                "line\\nfeed\\ttab",
                "\\u00fc\\u4E2D",
                "\\ud83d\\ude00",
                "Zoë 中文 😀",
                "True",
                "null",
                "2015-10-10T14:38:21.861Z");
        private static final List<String> NUMBERS =
                List.of("0", "1", "-17", "3074457364022187294", "12345678901234567890123", "2.5", "-0.125", "10.0");
        private static final List<String> STRAY = List.of(
                "(", ")", "]", "and", "or", "not", "eq", "pr", "x", "emails[", "\"y\"", "1", "true", "null", ".",
                "a.b");

        private final Random random;

        Corpus(long seed) {
            random = new Random(seed);
        }

        /** The tokens of a filter. */
        List<String> filter(int depth, boolean inBrackets) {
            List<String> tokens = new ArrayList<>(term(depth, inBrackets));
            for (int more = random.nextInt(4); more > 0; more--) {
                tokens.add(anyCase(random.nextBoolean() ? "and" : "or"));
                tokens.addAll(term(depth, inBrackets));
            }
            return tokens;
        }

        private List<String> term(int depth, boolean inBrackets) {
            return switch (depth > 0 ? random.nextInt(8) : 7) {
                case 0, 1 -> enclosed("(", filter(depth - 1, inBrackets), ")");
                case 2 -> enclosed(anyCase("not") + " (", filter(depth - 1, inBrackets), ")");
                case 3, 4 ->
                    inBrackets
                            ? comparison()
                            : enclosed(urn() + anyCase(any(NAMES)) + "[", filter(depth - 1, true), "]");
                default -> comparison();
            };
        }

        private static List<String> enclosed(String open, List<String> inner, String close) {
            List<String> tokens = new ArrayList<>(List.of(open.split(" ")));
            tokens.addAll(inner);
            tokens.add(close);
            return tokens;
        }

        private List<String> comparison() {
            return switch (random.nextInt(4)) {
                case 0 -> List.of(attribute(), anyCase("pr"));
                case 1 -> List.of(attribute(), anyCase(any(SUBSTRING)), string());
                case 2 -> List.of(attribute(), anyCase(any(ORDERING)), random.nextBoolean() ? string() : any(NUMBERS));
                default -> List.of(attribute(), anyCase(any(EQUALITY)), value());
            };
        }

        private String value() {
            return switch (random.nextInt(4)) {
                case 0 -> any(NUMBERS);
                case 1 -> any(List.of("true", "false", "null"));
                default -> string();
            };
        }

        private String string() {
            return '"' + any(STRINGS) + '"';
        }

        private String attribute() {
            return urn() + anyCase(any(NAMES)) + (random.nextInt(3) == 0 ? "." + anyCase(any(PARTS)) : "");
        }

        private String urn() {
            return random.nextInt(4) == 0 ? any(URNS) : "";
        }

        String path() {
            if (random.nextBoolean()) {
                return attribute();
            }
            String filter = String.join(" ", filter(2, true));
            return urn() + anyCase(any(NAMES)) + "[" + filter + "]" + (random.nextBoolean() ? "." + any(PARTS) : "");
        }

        List<String> misplaced(List<String> tokens) {
            List<String> changed = new ArrayList<>(tokens);
            int at = random.nextInt(changed.size());
            switch (random.nextInt(4)) {
                case 0 -> changed.remove(at);
                case 1 -> changed.add(at, changed.get(at));
                case 2 -> Collections.swap(changed, at, random.nextInt(changed.size()));
                default -> changed.add(at, any(STRAY));
            }
            return changed;
        }

        private String anyCase(String word) {
            return switch (random.nextInt(5)) {
                case 0 -> word.toUpperCase(Locale.ROOT);
                case 1 -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
                default -> word;
            };
        }

        private <T> T any(List<T> things) {
            return things.get(random.nextInt(things.size()));
        }
    }
}

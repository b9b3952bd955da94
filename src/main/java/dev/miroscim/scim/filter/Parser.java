package dev.miroscim.scim.filter;

import static java.lang.Character.FINAL_QUOTE_PUNCTUATION;
import static java.lang.Character.INITIAL_QUOTE_PUNCTUATION;

import dev.miroscim.scim.filter.Filter.And;
import dev.miroscim.scim.filter.Filter.Comparison;
import dev.miroscim.scim.filter.Filter.Not;
import dev.miroscim.scim.filter.Filter.Or;
import dev.miroscim.scim.filter.Filter.Present;
import dev.miroscim.scim.filter.Filter.ValuePath;
import dev.miroscim.scim.filter.FilterException.Kind;
import dev.miroscim.scim.schema.AttributeDefinition.Type;
import dev.miroscim.scim.schema.ResourceType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Parses one text by recursive descent, in one pass. */
final class Parser {

    static final int MAX_LENGTH = 4096;
    static final int MAX_DEPTH = 50;
    /** The limit of terms. Each term makes the tree deeper, and other code walks the tree recursively. */
    static final int MAX_TERMS = 500;

    private static final int MAX_EXCERPT = 40;
    private static final String ATTRIBUTE_EXPECTED = "an attribute name";
    private static final String SUB_ATTRIBUTE_EXPECTED = "the name of one sub-attribute";
    private static final String OPERATOR_EXPECTED = "an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)";
    private static final String VALUE_EXPECTED = "a value (a string in double quotes, a number, true, false or null)";

    /** Low quotes, primes and full-width quotes, which Unicode does not classify as quotation marks. */
    private static final String OTHER_QUOTES = "\u201A\u201E\u2032\u2033\uFF02\uFF07\u00B4`";

    private static final Pattern NAME = Pattern.compile("[$A-Za-z][$A-Za-z0-9_-]*");
    private static final Pattern PLAIN_NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)([.][0-9]+)?");

    private final String text;
    private final Kind kind;
    private final @Nullable ResourceType resource;
    private int position;
    private int depth;
    private int terms;
    private boolean inValueFilter;

    /** @param resource the resource whose attributes the text names; null for any */
    Parser(String text, Kind kind, @Nullable ResourceType resource) {
        this.text = text;
        this.kind = kind;
        this.resource = resource;
        if (text.length() > MAX_LENGTH) {
            throw new FilterException(kind, MAX_LENGTH, "longer than " + MAX_LENGTH + " characters");
        }
    }

    Filter filter() {
        Filter filter = disjunction();
        end("\"and\", \"or\" or the end");
        return filter;
    }

    Path path() {
        skipSpace();
        Path path = onePath();
        end("the end");
        return path;
    }

    List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        skipSpace();
        while (!atEnd()) {
            if (!at(',')) {
                paths.add(onePath());
                skipSpace();
            }
            if (!atEnd() && !at(',')) {
                throw expected("a comma or the end");
            }
            while (at(',')) {
                position++;
                skipSpace();
            }
        }
        return paths;
    }

    AttributePath attributePath() {
        skipSpace();
        AttributePath attribute = attribute();
        end("the end");
        return attribute;
    }

    private void end(String expected) {
        skipSpace();
        if (!atEnd()) {
            throw expected(expected);
        }
    }

    private Path onePath() {
        AttributePath attribute = attribute();
        if (!at('[')) {
            return new Path(attribute, null, null);
        }
        Filter filter = valueFilter(attribute);
        return new Path(attribute, filter, at('.') ? subAttribute() : null);
    }

    // Logic

    private Filter disjunction() {
        Filter filter = conjunction();
        while (keyword("or")) {
            filter = new Or(filter, conjunction());
        }
        return filter;
    }

    private Filter conjunction() {
        Filter filter = term();
        while (keyword("and")) {
            filter = new And(filter, term());
        }
        return filter;
    }

    private Filter term() {
        skipSpace();
        if (at('(')) {
            return group();
        }
        int start = position;
        String word = word();
        if (word.equalsIgnoreCase("not")) {
            skipSpace();
            if (!at('(')) {
                throw expected("\"(\" after \"not\"");
            }
            return new Not(group());
        }
        position = start;
        if (isKeyword(word)) {
            throw expected(ATTRIBUTE_EXPECTED);
        }
        AttributePath attribute = attribute();
        if (!at('[')) {
            return comparison(attribute);
        }
        if (isSimple(attribute)) {
            throw expected("no \"[\" after an attribute without sub-attributes");
        }
        Filter filter = valueFilter(attribute);
        if (!at('.')) {
            return new ValuePath(attribute, filter);
        }
        // Entra matches by emails[type eq "work"].value eq "x"; RFC 7644 allows this form only in PATCH paths.
        AttributePath part = new AttributePath(null, subAttribute(), null);
        return new ValuePath(attribute, new And(filter, comparison(part)));
    }

    private Filter group() {
        open();
        Filter filter = disjunction();
        close(')');
        return filter;
    }

    private boolean isSimple(AttributePath attribute) {
        return resource != null
                && resource.find(attribute.urn(), attribute.name(), attribute.subAttribute())
                        .filter(definition -> definition.type() != Type.COMPLEX)
                        .isPresent();
    }

    private Filter valueFilter(AttributePath attribute) {
        if (inValueFilter) {
            throw expected("no second \"[\" inside brackets");
        }
        if (attribute.subAttribute() != null) {
            throw expected("no \"[\" after a sub-attribute, as complex attributes do not nest");
        }
        inValueFilter = true;
        open();
        Filter filter = disjunction();
        close(']');
        inValueFilter = false;
        return filter;
    }

    private void open() {
        depth++;
        if (depth > MAX_DEPTH) {
            throw expected("no more than " + MAX_DEPTH + " levels of parentheses and brackets");
        }
        position++;
    }

    private void close(char bracket) {
        skipSpace();
        if (!at(bracket)) {
            throw expected("\"and\", \"or\" or \"" + bracket + "\"");
        }
        depth--;
        position++;
    }

    /** Reads {@code and} or {@code or} if it comes next. */
    private boolean keyword(String keyword) {
        int start = position;
        skipSpace();
        if (word().equalsIgnoreCase(keyword)) {
            return true;
        }
        position = start;
        return false;
    }

    private static boolean isKeyword(String word) {
        return word.equalsIgnoreCase("and") || word.equalsIgnoreCase("or") || word.equalsIgnoreCase("not");
    }

    // Comparisons

    private Filter comparison(AttributePath attribute) {
        terms++;
        if (terms > MAX_TERMS) {
            throw expected("no more than " + MAX_TERMS + " conditions");
        }
        int end = position;
        skipSpace();
        int start = position;
        String word = start == end ? "" : word();
        if (word.equalsIgnoreCase("pr")) {
            return new Present(attribute);
        }
        Operator operator = Operator.of(word).orElseThrow(() -> expected(start, OPERATOR_EXPECTED));
        if (!atEnd() && !isSpace(text.charAt(position))) {
            throw expected("a space after \"" + operator + "\"");
        }
        skipSpace();
        int valueStart = position;
        Literal value = at('"') ? quoted() : unquoted();
        if (operator.isOrdering() && value instanceof Literal.Bool) {
            throw expected(
                    valueStart, "something other than a boolean, which has no order, after \"" + operator + "\"");
        }
        if ((operator.isOrdering() || operator.isSubstring()) && value instanceof Literal.Null) {
            throw expected(valueStart, "something other than null after \"" + operator + "\"");
        }
        return new Comparison(attribute, operator, value);
    }

    /**
     * Reads a value without quotes. Besides JSON's true, false, null and numbers, Entra sends
     * {@code externalId eq jyoung} and {@code meta.created gt 2015-10-10T14:38:21.8617979-07:00}, and Miro documents
     * {@code members[value eq 123]}.
     */
    private Literal unquoted() {
        int start = position;
        while (!atEnd() && !isSpace(text.charAt(position)) && "()[]\"".indexOf(text.charAt(position)) < 0) {
            position++;
        }
        String word = text.substring(start, position);
        if (word.isEmpty() || isKeyword(word) || isQuote(word.charAt(0)) || isQuote(word.charAt(word.length() - 1))) {
            throw expected(start, VALUE_EXPECTED);
        }
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "true" -> new Literal.Bool(true);
            case "false" -> new Literal.Bool(false);
            case "null" -> new Literal.Null();
            default -> numberOrText(start, word);
        };
    }

    /** Word processors and web pages replace the quotes of examples with these. */
    private static boolean isQuote(char c) {
        return c == '\''
                || c == '"'
                || Character.getType(c) == INITIAL_QUOTE_PUNCTUATION
                || Character.getType(c) == FINAL_QUOTE_PUNCTUATION
                || OTHER_QUOTES.indexOf(c) >= 0;
    }

    private Literal numberOrText(int start, String word) {
        if (PLAIN_NUMBER.matcher(word).matches()) {
            BigDecimal number = new BigDecimal(word);
            // Keeps -0 as text, because a BigDecimal loses its sign.
            if (number.toPlainString().equals(word)) {
                return new Literal.Num(number);
            }
        }
        return storable(start, word);
    }

    private Literal quoted() {
        int start = position;
        position++;
        StringBuilder value = new StringBuilder();
        while (!at('"')) {
            if (atEnd()) {
                throw expected("the double quote that ends the string from position " + start);
            }
            if (text.charAt(position) < ' ') {
                throw expected("control characters only as escapes");
            }
            value.append(at('\\') ? escape() : text.charAt(position));
            position++;
        }
        position++;
        return storable(start, value.toString());
    }

    /** Reads a JSON escape up to, but not including, its last character. */
    private char escape() {
        int start = position;
        position++;
        if (atEnd()) {
            throw expected(start, "a complete escape sequence");
        }
        return switch (text.charAt(position)) {
            case '"' -> '"';
            case '\\' -> '\\';
            case '/' -> '/';
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                int code = 0;
                for (int i = 0; i < 4; i++) {
                    position++;
                    int digit = atEnd() ? -1 : hexDigit(text.charAt(position));
                    if (digit < 0) {
                        throw expected(start, "four hexadecimal digits after \\u");
                    }
                    code = code * 16 + digit;
                }
                yield (char) code;
            }
            default -> throw expected(start, "one of the escape sequences of JSON");
        };
    }

    private static int hexDigit(char c) {
        return c < 128 ? Character.digit(c, 16) : -1;
    }

    /** Refuses values that are not valid Unicode or that PostgreSQL cannot store: no attribute could equal them. */
    private Literal storable(int start, String value) {
        boolean storable = value.codePoints().noneMatch(c -> c == 0 || isLoneSurrogate(c));
        if (!storable) {
            throw expected(start, "a value without U+0000 and unpaired surrogates");
        }
        return new Literal.Text(value);
    }

    private static boolean isLoneSurrogate(int codePoint) {
        return codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE;
    }

    // Names

    private AttributePath attribute() {
        int start = position;
        String word = word();
        String urn = null;
        int nameStart = 0;
        SchemaUrn known = SchemaUrn.startOf(word).orElse(null);
        if (known != null) {
            if (resource != null && !known.describes(resource)) {
                throw expected(start, "an attribute of a " + resource.wireName());
            }
            nameStart = known.length() + 1;
            if (word.length() < nameStart || word.length() == nameStart && word.endsWith(":")) {
                return new AttributePath(known.urn(), "", null);
            }
            urn = known.isCore() ? null : known.urn();
        } else if (word.regionMatches(true, 0, "urn:", 0, 4) && word.lastIndexOf(':') > 4) {
            nameStart = word.lastIndexOf(':') + 1;
            urn = word.substring(0, nameStart - 1);
        }
        int dot = word.indexOf('.', nameStart);
        String name = word.substring(nameStart, dot < 0 ? word.length() : dot);
        if (!NAME.matcher(name).matches()) {
            throw expected(start + nameStart, ATTRIBUTE_EXPECTED);
        }
        if (dot < 0) {
            return new AttributePath(urn, name, null);
        }
        position = start + dot;
        return new AttributePath(urn, name, subAttribute());
    }

    /** Reads a dot and a name. */
    private String subAttribute() {
        position++;
        int start = position;
        String name = word();
        if (!NAME.matcher(name).matches()) {
            throw expected(start, SUB_ATTRIBUTE_EXPECTED);
        }
        return name;
    }

    // Characters

    /** Reads characters that are valid in names; the result can be empty. */
    private String word() {
        int start = position;
        while (!atEnd() && isWordCharacter(text.charAt(position))) {
            position++;
        }
        return text.substring(start, position);
    }

    private static boolean isWordCharacter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "$-_.:".indexOf(c) >= 0;
    }

    private void skipSpace() {
        while (!atEnd() && isSpace(text.charAt(position))) {
            position++;
        }
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c);
    }

    private boolean at(char c) {
        return !atEnd() && text.charAt(position) == c;
    }

    private boolean atEnd() {
        return position >= text.length();
    }

    // Errors

    private FilterException expected(String what) {
        return expected(position, what);
    }

    private FilterException expected(int at, String what) {
        return new FilterException(kind, at, "expected " + what + " at position " + at + ", found " + found(at));
    }

    private String found(int at) {
        if (at >= text.length()) {
            return text.isBlank() ? "nothing" : "the end";
        }
        StringBuilder excerpt = new StringBuilder("\"");
        String rest = text.substring(at);
        rest.codePoints()
                .limit(MAX_EXCERPT)
                .map(c -> isLoneSurrogate(c) ? 0xFFFD : Character.isISOControl(c) ? ' ' : c)
                .forEach(excerpt::appendCodePoint);
        return excerpt.append(rest.codePointCount(0, rest.length()) > MAX_EXCERPT ? "…\"" : "\"")
                .toString();
    }
}

package dev.miroscim.emulator.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads seeds. Compares the text, while it is parsed, with the records of {@link SeedDocument}, and binds only the valid
 * parts, so that all invalid fields are reported at once with their lines. Of a long list, only one item is in memory
 * in another form than as a record.
 */
public class SeedReader {

    /** Enough for about 300,000 people. */
    public static final int LONGEST_TEXT = 64 * 1024 * 1024;

    /** Longer texts are no misspelled names, and comparing them takes time. */
    private static final int LONGEST_MISSPELLED = 100;

    /** RFC 3339 has years of four digits. */
    private static final int LAST_YEAR = 9999;

    /** The maximum nesting, because YAML references can be circular. */
    private static final int DEEPEST = 4;

    private static final String BUILT_IN = "built-in.yml";
    private static final Pattern SEPARATORS = Pattern.compile("[\\s_-]");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JavaType DOCUMENT = JSON.constructType(SeedDocument.class);
    private static final JavaType TEXT = JSON.constructType(String.class);
    private static final JavaType ORGANIZATION = JSON.constructType(SeedDocument.Organization.class);

    private static final Map<Class<?>, Map<String, JavaType>> COMPONENTS = new ConcurrentHashMap<>();
    private static final Map<Class<?>, Map<String, String>> CONSTANTS = new ConcurrentHashMap<>();

    private final SeedProblems problems = new SeedProblems();
    private final String source;
    private final Supplier<Reader> text;

    private boolean isJson;

    private SeedReader(String source, Supplier<Reader> text) {
        this.source = source;
        this.text = text;
        this.isJson = beginsLikeJson(open());
    }

    /** Opens the text without its byte order mark. */
    private Reader open() {
        BufferedReader opened = new BufferedReader(text.get());
        try {
            opened.mark(1);
            if (opened.read() != '\uFEFF') {
                opened.reset();
            }
            return opened;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean beginsLikeJson(Reader text) {
        try {
            int first = text.read();
            while (Character.isWhitespace(first)) {
                first = text.read();
            }
            return first == '{';
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SeedEvents events() {
        return isJson ? new JsonEvents(open(), LONGEST_TEXT) : new YamlEvents(open(), LONGEST_TEXT);
    }

    /** The default seed. */
    public static SeedDocument builtIn() {
        try (InputStream text = SeedReader.class.getResourceAsStream(BUILT_IN)) {
            return read(BUILT_IN, new String(requireNonNull(text).readAllBytes(), UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the seed in {@code file}. */
    public static SeedDocument read(Path file) {
        try {
            return read(file.toString(), Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new InvalidSeedException(file + " is not UTF-8");
        } catch (IOException e) {
            throw new InvalidSeedException(file + " cannot be read: "
                    + (Files.isDirectory(file)
                            ? "it is a folder"
                            : Files.exists(file) ? e.getMessage() : "the file does not exist"));
        }
    }

    /**
     * Reads a seed: organisations, or the contents of a single one.
     *
     * @param source the name of the text in messages
     * @throws InvalidSeedException with all problems
     */
    public static SeedDocument read(String source, String text) {
        return new SeedReader(source, () -> new StringReader(text)).read(false);
    }

    /**
     * Reads an export of {@link SeedExport}, or a seed.
     *
     * @param source the name of the text in messages
     * @param text opens the text; called again if the lines of problems have to be looked up
     * @throws InvalidSeedException with all problems
     */
    public static SeedDocument readExport(String source, Supplier<Reader> text) {
        return new SeedReader(source, text).read(true);
    }

    /**
     * Reads another text in the format of seeds, such as a part of one, as strictly as a seed.
     *
     * @param type a record
     * @param source the name of the text in messages
     * @param text opens the text; called again if the lines of problems have to be looked up
     * @throws InvalidSeedException with all problems
     */
    public static <T extends Record> T read(String source, Supplier<Reader> text, Class<T> type) {
        return new SeedReader(source, text).read(type);
    }

    /**
     * Reads fields whose names and values the caller validates. Everything except fields and lists is text, because
     * only the caller knows the types.
     *
     * @param source the name of the text in messages
     * @param text opens the text
     * @throws InvalidSeedException with all problems
     */
    public static Map<String, @Nullable Object> readFields(String source, Supplier<Reader> text) {
        return new SeedReader(source, text).readFields();
    }

    private Map<String, @Nullable Object> readFields() {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        parse((root, events) -> {
            if (events.isMapping()) {
                read.putAll(plainFields(root, events, 1));
            } else {
                problems.add(root, "must have fields");
                events.skip();
            }
            return null;
        });
        problems.throwIfAny(source, this::events);
        return read;
    }

    private interface Part<T extends @Nullable Object> {

        /** Reads the whole part that begins at the next event. */
        T read(SeedPath at, SeedEvents events);
    }

    /** Reads the one part of the text; null if there is none, or if it is not YAML. */
    private <T> @Nullable T parse(Part<@Nullable T> part) {
        try {
            SeedEvents events = events();
            if (!events.begin()) {
                return null;
            }
            T read = part.read(SeedPath.root(events.line()), events);
            events.end();
            return read;
        } catch (JacksonException e) {
            if (!isJson) {
                throw e;
            }
            // YAML can look like JSON, and has better words for what is wrong.
            isJson = false;
            problems.clear();
            return parse(part);
        } catch (MarkedYAMLException e) {
            String context = e.getContext() == null ? "" : " " + e.getContext();
            problems.replaceBy(
                    e.getProblemMark().getLine() + 1, "not valid YAML%s: %s".formatted(context, e.getProblem()));
        } catch (YamlEvents.NotYamlException e) {
            problems.replaceBy(e.line(), "not valid YAML" + e.getMessage());
        } catch (YAMLException e) {
            problems.replaceBy(1, "not valid YAML: " + e.getMessage());
        }
        problems.throwIfAny(source, this::events);
        return null;
    }

    private Map<String, @Nullable Object> plainFields(SeedPath at, SeedEvents events, int depth) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        fields(at, events, (name, field) -> read.put(name, plain(field, events, depth)));
        return read;
    }

    private @Nullable Object plain(SeedPath at, SeedEvents events, int depth) {
        if (events.isNothing()) {
            events.skip();
            return null;
        }
        if (isTagged(at, events)) {
            return null;
        }
        if (events.isText()) {
            return events.text();
        }
        if (depth == DEEPEST) {
            problems.add(at, "is nested too deeply");
            events.skip();
            return null;
        }
        if (events.isMapping()) {
            return plainFields(at, events, depth + 1);
        }
        List<@Nullable Object> items = new ArrayList<>();
        items(at, events, item -> items.add(plain(item, events, depth + 1)));
        return items;
    }

    private <T extends Record> T read(Class<T> type) {
        JavaType shape = JSON.constructType(type);
        JsonNode read = parse((root, events) -> {
            if (events.isNothing()) {
                problems.add(root, "the text is empty");
            }
            return shape(root, events, shape);
        });
        if (read == null) {
            problems.add(SeedPath.root(1), "the text is empty");
        }
        T value = bound(read, shape);
        check(SeedPath.root(1), value);
        problems.throwIfAny(source, this::events);
        return value;
    }

    /** What is a problem already can be nothing that a record takes, such as a licence that Miro does not have. */
    private <T> @Nullable T bound(@Nullable JsonNode shape, JavaType type) {
        try {
            return JSON.treeToValue(shape, type);
        } catch (JacksonException e) {
            if (problems.areNone()) {
                throw e;
            }
            return null;
        }
    }

    private void check(SeedPath at, @Nullable Object value) {
        check(at, value, null);
    }

    /**
     * Checks all seeds and settings within {@code value}.
     *
     * @param beside settings next to {@code value} that override those of its seed
     */
    private void check(SeedPath at, @Nullable Object value, @Nullable OrganizationSettings beside) {
        switch (value) {
            case SeedDocument.Organization organization ->
                new SeedCheck(problems, true, beside).check(at, organization);
            case OrganizationSettings settings -> new SeedCheck(problems, true, null).checkSettings(at, settings);
            case Record parts -> {
                List<RecordComponent> records = Arrays.stream(parts.getClass().getRecordComponents())
                        .filter(part -> part.getType().isRecord())
                        .toList();
                OrganizationSettings settings = records.stream()
                        .map(part -> valueOf(part, parts))
                        .filter(OrganizationSettings.class::isInstance)
                        .map(OrganizationSettings.class::cast)
                        .findFirst()
                        .orElse(null);
                records.forEach(part -> check(at.field(part.getName()), valueOf(part, parts), settings));
            }
            case null, default -> {}
        }
    }

    private static @Nullable Object valueOf(RecordComponent part, Record parts) {
        try {
            part.getAccessor().setAccessible(true);
            return part.getAccessor().invoke(parts);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private SeedDocument read(boolean exported) {
        boolean several = hasSeveral();
        JsonNode read = parse((root, events) -> {
            if (events.isNothing()) {
                problems.add(root, "the seed is empty");
            }
            return shape(root, events, several ? DOCUMENT : ORGANIZATION);
        });
        if (read == null) {
            problems.add(SeedPath.root(1), "the seed is empty");
        }
        SeedCheck check = new SeedCheck(problems, exported, null);
        SeedDocument document;
        if (several) {
            document = bound(read, DOCUMENT);
            if (document != null) {
                check.check(SeedPath.root(1), document);
            }
        } else {
            SeedDocument.Organization organization = bound(read, ORGANIZATION);
            document = new SeedDocument(Arrays.asList(organization));
            if (organization != null) {
                check.check(SeedPath.root(1), organization);
            }
        }
        problems.throwIfAny(source, this::events);
        return document;
    }

    /** Whether it is a seed of organisations and not of a single one. */
    private boolean hasSeveral() {
        try {
            SeedEvents events = events();
            if (!events.begin() || !events.isMapping()) {
                return false;
            }
            events.step();
            while (!events.isEnd()) {
                if (similar(events.name(), List.of("organizations")).isPresent()) {
                    return true;
                }
                events.skip();
            }
            return false;
        } catch (JacksonException | YAMLException | YamlEvents.NotYamlException _) {
            return false; // reading the text will report it
        }
    }

    /** The parts of the next part that fit {@code type}. */
    private JsonNode shape(SeedPath at, SeedEvents events, JavaType type) {
        if (isTagged(at, events)) {
            return JSON.nullNode();
        }
        if (events.isNothing()) {
            events.skip();
            return JSON.nullNode();
        }
        if (type.hasRawClass(Place.class) && events.isText()) {
            return JSON.createObjectNode().put("name", events.text());
        }
        if (type.isRecordType()) {
            return record(at, events, type);
        }
        if (type.isMapLikeType()) {
            return map(at, events, type);
        }
        return type.isCollectionLikeType() ? list(at, events, type) : scalar(at, events, type);
    }

    private boolean isTagged(SeedPath at, SeedEvents events) {
        boolean tagged = events.isTagged();
        if (tagged) {
            problems.add(at, "YAML tags are not supported");
            events.skip();
        }
        return tagged;
    }

    /** Whether the next part is not what it must be; it is skipped then. */
    private boolean isUnfit(boolean fit, SeedPath at, SeedEvents events, String sentence) {
        if (!fit) {
            problems.add(at, sentence);
            events.skip();
        }
        return !fit;
    }

    private JsonNode record(SeedPath at, SeedEvents events, JavaType type) {
        Map<String, JavaType> components = components(type);
        if (isUnfit(
                events.isMapping(),
                at,
                events,
                "must have fields, such as '%s:'"
                        .formatted(components.keySet().iterator().next()))) {
            return JSON.nullNode();
        }
        ObjectNode shaped = JSON.createObjectNode();
        fields(at, events, (name, field) -> {
            JavaType component = components.get(name);
            if (component == null) {
                problems.add(
                        field,
                        () -> "unknown field; "
                                + similar(name, components.keySet())
                                        .map(near -> "did you mean '" + near + "'?")
                                        .orElse("there are " + String.join(", ", components.keySet())));
                events.skip();
            } else {
                shaped.set(name, shape(field, events, component));
            }
        });
        return gathered(shaped, type);
    }

    /** Puts what the text has beside the other fields where the record has it. */
    private static ObjectNode gathered(ObjectNode shaped, JavaType type) {
        for (RecordComponent component : type.getRawClass().getRecordComponents()) {
            if (holdsDetails(component)) {
                ObjectNode details = JSON.createObjectNode();
                for (UserAttribute detail : UserAttribute.details()) {
                    JsonNode text = shaped.remove(detail.seedKey());
                    if (text != null) {
                        details.set(detail.seedKey(), text);
                    }
                }
                shaped.set(component.getName(), details);
            }
        }
        return shaped;
    }

    private static boolean holdsDetails(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonAnyGetter.class);
    }

    private JsonNode map(SeedPath at, SeedEvents events, JavaType type) {
        if (isUnfit(events.isMapping(), at, events, "must have fields")) {
            return JSON.nullNode();
        }
        ObjectNode shaped = JSON.createObjectNode();
        fields(at, events, (name, field) -> {
            String key = constant(field, name, type.getKeyType());
            if (key == null) {
                events.skip();
            } else {
                shaped.set(key, required(field, events, type.getContentType()));
            }
        });
        return shaped;
    }

    private JsonNode list(SeedPath at, SeedEvents events, JavaType type) {
        if (isUnfit(events.isList(), at, events, "must be a list")) {
            return JSON.nullNode();
        }
        JavaType content = type.getContentType();
        ArrayNode shaped = JSON.createArrayNode();
        items(at, events, item -> {
            JsonNode read = required(item, events, content);
            // A record takes much less memory than its tree.
            if (content.isRecordType()) {
                shaped.addPOJO(bound(read, content));
            } else {
                shaped.add(read);
            }
        });
        return shaped;
    }

    private JsonNode required(SeedPath at, SeedEvents events, JavaType type) {
        if (events.isNothing()) {
            problems.add(at, "has no value");
        }
        return shape(at, events, type);
    }

    private JsonNode scalar(SeedPath node, SeedEvents events, JavaType type) {
        if (isUnfit(events.isText(), node, events, "must be a single value")) {
            return JSON.nullNode();
        }
        String text = events.text();
        if (type.isEnumType()) {
            String name = constant(node, text, type);
            return name == null ? JSON.nullNode() : JSON.valueToTree(name);
        }
        if (type.hasRawClass(String.class)) {
            return JSON.valueToTree(text);
        }
        if (type.hasRawClass(Boolean.class)) {
            return truth(node, text.toLowerCase(Locale.ROOT));
        }
        if (type.hasRawClass(Double.class)) {
            return number(node, text);
        }
        if (type.hasRawClass(Instant.class)) {
            return time(node, text);
        }
        try {
            return type.hasRawClass(Integer.class)
                    ? JSON.valueToTree(Integer.valueOf(text))
                    : JSON.valueToTree(Long.valueOf(text));
        } catch (NumberFormatException e) {
            problems.add(node, "'%s' is not a whole number".formatted(shown(text)));
            return JSON.nullNode();
        }
    }

    private JsonNode number(SeedPath node, String text) {
        try {
            double number = Double.parseDouble(text);
            if (Double.isFinite(number)) {
                return JSON.valueToTree(number);
            }
        } catch (NumberFormatException _) {
            // The exception below reports it.
        }
        problems.add(node, "'%s' is not a number".formatted(shown(text)));
        return JSON.nullNode();
    }

    private JsonNode time(SeedPath node, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            if (time.getYear() > 0 && time.getYear() <= LAST_YEAR) {
                return JSON.valueToTree(time.toInstant());
            }
        } catch (DateTimeException _) {
            // The exception below reports it.
        }
        problems.add(node, "'%s' is not a time such as 2026-03-01T09:00:00Z".formatted(shown(text)));
        return JSON.nullNode();
    }

    private JsonNode truth(SeedPath node, String text) {
        return switch (text) {
            case "true", "yes", "on" -> JSON.valueToTree(true);
            case "false", "no", "off" -> JSON.valueToTree(false);
            default -> {
                problems.add(node, "'%s' is neither true nor false".formatted(shown(text)));
                yield JSON.nullNode();
            }
        };
    }

    /** The enum constant for {@code text}, by its name in JSON or Java, in any case and with any word separators. */
    private @Nullable String constant(SeedPath node, String text, JavaType type) {
        Map<String, String> names = constants(type);
        String name = names.get(folded(text));
        if (name == null) {
            Set<String> known = new LinkedHashSet<>(names.values());
            problems.add(
                    node,
                    "'%s' is not one of %s%s"
                            .formatted(
                                    shown(text),
                                    String.join(", ", known),
                                    similar(text, known)
                                            .map(near -> "; did you mean '" + near + "'?")
                                            .orElse("")));
        }
        return name;
    }

    /** Reads a mapping without its duplicates. */
    private void fields(SeedPath at, SeedEvents events, BiConsumer<String, SeedPath> reader) {
        Set<String> names = new HashSet<>();
        events.step();
        while (!events.isEnd()) {
            int line = events.line();
            String name = events.name();
            SeedPath field = at.field(name, line);
            if (names.add(name)) {
                reader.accept(name, field);
            } else {
                problems.add(field, "the field appears twice");
                events.skip();
            }
        }
        events.step();
    }

    private static void items(SeedPath at, SeedEvents events, Consumer<SeedPath> reader) {
        events.step();
        for (int i = 0; !events.isEnd(); i++) {
            reader.accept(at.item(i, events.line()));
        }
        events.step();
    }

    /** The fields of a record with their types. */
    private static Map<String, JavaType> components(JavaType type) {
        return COMPONENTS.computeIfAbsent(type.getRawClass(), record -> {
            Map<String, JavaType> components = new LinkedHashMap<>();
            for (RecordComponent component : record.getRecordComponents()) {
                if (holdsDetails(component)) {
                    UserAttribute.details().forEach(detail -> components.put(detail.seedKey(), TEXT));
                    continue;
                }
                JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
                components.put(
                        renamed == null ? component.getName() : renamed.value(),
                        JSON.constructType(component.getGenericType()));
            }
            return components;
        });
    }

    /** The JSON names of an enum's constants, by all accepted spellings. */
    private static Map<String, String> constants(JavaType type) {
        return CONSTANTS.computeIfAbsent(type.getRawClass(), constants -> {
            Map<String, String> names = new LinkedHashMap<>();
            for (Object constant : constants.getEnumConstants()) {
                String name = JSON.valueToTree(constant).asString();
                names.put(folded(name), name);
                names.put(folded(((Enum<?>) constant).name()), name);
                if (constant instanceof SeedDocument.Role role) {
                    names.put(folded(role.organizationRole().wireName()), name);
                }
            }
            return names;
        });
    }

    /** The name that {@code text} is most likely a misspelling of. */
    static Optional<String> similar(String text, Iterable<String> names) {
        if (text.length() > LONGEST_MISSPELLED) {
            return Optional.empty();
        }
        String best = null;
        int least = Math.min(4, text.length() / 2 + 1);
        for (String name : names) {
            int distance = distance(folded(text), folded(name));
            if (distance < least) {
                best = name;
                least = distance;
            }
        }
        return Optional.ofNullable(best);
    }

    /** The number of letters to change, add or remove to get from {@code from} to {@code to}. */
    private static int distance(String from, String to) {
        int[] row = new int[to.length() + 1];
        Arrays.setAll(row, i -> i);
        for (int i = 1; i <= from.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[to.length()];
    }

    private static String folded(String text) {
        return Texts.folded(SEPARATORS.matcher(text).replaceAll(""));
    }

    static String shown(String text) {
        return text.length() > 60 ? text.substring(0, 60) + "…" : text;
    }
}

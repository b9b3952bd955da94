package dev.miroscim.emulator.seed;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.miroscim.directory.Texts;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.emulator.seed.SeedDocument.Place;
import java.io.IOException;
import java.io.InputStream;
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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads seeds. Parses the text into a tree with line numbers, compares the tree with the records of
 * {@link SeedDocument}, and binds only the valid parts, so that all invalid fields are reported at once with their
 * lines.
 */
public class SeedReader {

    /** Enough for about 300,000 people. */
    private static final int LONGEST_TEXT = 64 * 1024 * 1024;

    /** RFC 3339 has years of four digits. */
    private static final int LAST_YEAR = 9999;

    /** The maximum nesting, because YAML references can be circular. */
    private static final int DEEPEST = 4;

    private static final String BUILT_IN = "built-in.yml";
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);
    private static final Pattern SEPARATORS = Pattern.compile("[\\s_-]");
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final JavaType DOCUMENT = JSON.constructType(SeedDocument.class);
    private static final JavaType TEXT = JSON.constructType(String.class);
    private static final JavaType ORGANIZATION = JSON.constructType(SeedDocument.Organization.class);

    private static final Map<Class<?>, Map<String, JavaType>> COMPONENTS = new ConcurrentHashMap<>();
    private static final Map<Class<?>, Map<String, String>> CONSTANTS = new ConcurrentHashMap<>();

    private final SeedProblems problems;

    private SeedReader(String source) {
        this.problems = new SeedProblems(source);
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
        return new SeedReader(source).read(text, false);
    }

    /**
     * Reads an export of {@link SeedExport}, or a seed.
     *
     * @param source the name of the text in messages
     * @throws InvalidSeedException with all problems
     */
    public static SeedDocument readExport(String source, String text) {
        return new SeedReader(source).read(text, true);
    }

    /**
     * Reads another text in the format of seeds, such as a part of one, as strictly as a seed.
     *
     * @param type a record
     * @param source the name of the text in messages
     * @throws InvalidSeedException with all problems
     */
    public static <T extends Record> T read(String source, String text, Class<T> type) {
        return new SeedReader(source).read(text, type);
    }

    /**
     * Reads fields whose names and values the caller validates. Everything except fields and lists is text, because
     * only the caller knows the types.
     *
     * @param source the name of the text in messages
     * @throws InvalidSeedException with all problems
     */
    public static Map<String, @Nullable Object> readFields(String source, String text) {
        return new SeedReader(source).readFields(text);
    }

    private Map<String, @Nullable Object> readFields(String text) {
        SeedNode root = SeedNode.root(parse(text));
        Map<String, @Nullable Object> read = Map.of();
        if (root.isMapping()) {
            read = plainFields(root, 1);
        } else {
            problems.add(root, "must have fields");
        }
        problems.throwIfAny();
        return read;
    }

    private Map<String, @Nullable Object> plainFields(SeedNode node, int depth) {
        Map<String, @Nullable Object> read = new LinkedHashMap<>();
        fields(node).forEach(field -> read.put(field.name(), plain(field, depth)));
        return read;
    }

    private @Nullable Object plain(SeedNode node, int depth) {
        if (node.isNothing()) {
            return null;
        }
        if (node.isTagged()) {
            problems.add(node, "YAML tags are not supported");
            return null;
        }
        if (node.isText()) {
            return node.text();
        }
        if (depth == DEEPEST) {
            problems.add(node, "is nested too deeply");
            return null;
        }
        if (node.isMapping()) {
            return plainFields(node, depth + 1);
        }
        List<@Nullable Object> items = new ArrayList<>();
        node.items().forEach(item -> items.add(plain(item, depth + 1)));
        return items;
    }

    private <T extends Record> T read(String text, Class<T> type) {
        SeedNode root = SeedNode.root(parse(text));
        if (root.isNothing()) {
            problems.add(1, "the text is empty");
        }
        T read = bound(shape(root, JSON.constructType(type)), type);
        check(root, read);
        problems.throwIfAny();
        return read;
    }

    /** What is a problem already can be nothing that a record takes, such as a licence that Miro does not have. */
    private <T> T bound(JsonNode shape, Class<T> type) {
        try {
            return JSON.treeToValue(shape, type);
        } catch (JacksonException e) {
            problems.throwIfAny();
            throw e;
        }
    }

    private void check(SeedNode node, @Nullable Object value) {
        check(node, value, null);
    }

    /**
     * Checks all seeds and settings within {@code value}.
     *
     * @param beside settings next to {@code value} that override those of its seed
     */
    private void check(SeedNode node, @Nullable Object value, @Nullable OrganizationSettings beside) {
        switch (value) {
            case SeedDocument.Organization organization ->
                new SeedCheck(problems, true, beside).check(node, new SeedDocument(List.of(organization)));
            case OrganizationSettings settings -> new SeedCheck(problems, true, null).checkSettings(node, settings);
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
                records.forEach(part -> check(node.field(part.getName()), valueOf(part, parts), settings));
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

    private SeedDocument read(String text, boolean exported) {
        SeedNode root = SeedNode.root(parse(text));
        SeedDocument document = bind(root);
        new SeedCheck(problems, exported, null).check(root, document);
        problems.throwIfAny();
        return document;
    }

    private @Nullable Node parse(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(LONGEST_TEXT);
        try {
            // Only composes the tree and constructs no objects, so that a tag cannot create an object of an arbitrary
            // class.
            return new Yaml(options).compose(new StringReader(yaml(text)));
        } catch (MarkedYAMLException e) {
            String context = e.getContext() == null ? "" : " " + e.getContext();
            problems.add(e.getProblemMark().getLine() + 1, "not valid YAML%s: %s".formatted(context, e.getProblem()));
        } catch (YAMLException e) {
            problems.add(1, "not valid YAML: " + e.getMessage());
        }
        problems.throwIfAny();
        return null;
    }

    /** Converts the one JSON escape that is not YAML. */
    private static String yaml(String text) {
        String bare = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return bare.stripLeading().startsWith("{") && bare.contains("\\/")
                ? ESCAPED.matcher(bare).replaceAll(match -> match.group(1).equals("/") ? "/" : "\\\\$1")
                : bare;
    }

    private SeedDocument bind(SeedNode root) {
        if (root.isNothing()) {
            problems.add(1, "the seed is empty");
            return new SeedDocument(List.of());
        }
        boolean several = root.isMapping()
                && root.fields().stream()
                        .anyMatch(field ->
                                similar(field.name(), List.of("organizations")).isPresent());
        return several
                ? bound(shape(root, DOCUMENT), SeedDocument.class)
                : new SeedDocument(Arrays.asList(bound(shape(root, ORGANIZATION), SeedDocument.Organization.class)));
    }

    /** The parts of {@code node} that fit {@code type}. */
    private JsonNode shape(SeedNode node, JavaType type) {
        if (node.isTagged()) {
            problems.add(node, "YAML tags are not supported");
            return JSON.nullNode();
        }
        if (node.isNothing()) {
            return JSON.nullNode();
        }
        if (type.hasRawClass(Place.class) && node.isText()) {
            return JSON.createObjectNode().put("name", node.text());
        }
        if (type.isRecordType()) {
            return record(node, type);
        }
        if (type.isMapLikeType()) {
            return map(node, type);
        }
        return type.isCollectionLikeType() ? list(node, type) : scalar(node, type);
    }

    private JsonNode record(SeedNode node, JavaType type) {
        if (!node.isMapping()) {
            problems.add(
                    node,
                    "must have fields, such as '%s:'"
                            .formatted(components(type).keySet().iterator().next()));
            return JSON.nullNode();
        }
        Map<String, JavaType> components = components(type);
        ObjectNode shaped = JSON.createObjectNode();
        for (SeedNode field : fields(node)) {
            JavaType component = components.get(field.name());
            if (component == null) {
                problems.add(
                        field,
                        "unknown field; "
                                + similar(field.name(), components.keySet())
                                        .map(name -> "did you mean '" + name + "'?")
                                        .orElse("there are " + String.join(", ", components.keySet())));
            } else {
                shaped.set(field.name(), shape(field, component));
            }
        }
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

    private JsonNode map(SeedNode node, JavaType type) {
        if (!node.isMapping()) {
            problems.add(node, "must have fields");
            return JSON.nullNode();
        }
        ObjectNode shaped = JSON.createObjectNode();
        for (SeedNode field : fields(node)) {
            String key = constant(field, field.name(), type.getKeyType());
            if (key != null) {
                shaped.set(key, required(field, type.getContentType()));
            }
        }
        return shaped;
    }

    private JsonNode list(SeedNode node, JavaType type) {
        if (!node.isList()) {
            problems.add(node, "must be a list");
            return JSON.nullNode();
        }
        ArrayNode shaped = JSON.createArrayNode();
        for (SeedNode item : node.items()) {
            shaped.add(required(item, type.getContentType()));
        }
        return shaped;
    }

    private JsonNode required(SeedNode node, JavaType type) {
        if (node.isNothing()) {
            problems.add(node, "has no value");
        }
        return shape(node, type);
    }

    private JsonNode scalar(SeedNode node, JavaType type) {
        if (!node.isText()) {
            problems.add(node, "must be a single value");
            return JSON.nullNode();
        }
        String text = node.text();
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

    private JsonNode number(SeedNode node, String text) {
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

    private JsonNode time(SeedNode node, String text) {
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

    private JsonNode truth(SeedNode node, String text) {
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
    private @Nullable String constant(SeedNode node, String text, JavaType type) {
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

    /** The fields of a mapping without duplicates. */
    private List<SeedNode> fields(SeedNode node) {
        Set<String> names = new HashSet<>();
        return node.fields().stream()
                .filter(field -> {
                    boolean first = names.add(field.name());
                    if (!first) {
                        problems.add(field, "the field appears twice");
                    }
                    return first;
                })
                .toList();
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

package dev.miroscim.openapi;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.miroscim.MiroScimTest;
import dev.miroscim.directory.MiroRule;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.openapi.ServedDescription.Call;
import dev.miroscim.scim.Projection;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.annotation.Annotation;
import java.lang.reflect.Parameter;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ValueConstants;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The description names what the handlers read and write: parameters, bodies and their members. */
@MiroScimTest
class DescribedHandlersTest {

    /** Lists of SCIM read these from the request themselves. */
    private static final List<String> LIST_PARAMETERS =
            List.of("filter", "attributes", "excludedAttributes", "startIndex", "count", "sortBy", "sortOrder");

    private static final String OURS = "dev.miroscim.";
    private static final String REQUIRED = " required";

    @Autowired
    private ApplicationContext context;

    @Autowired
    private JsonMapper json;

    private ServedDescription description;

    @BeforeEach
    void read() {
        description = ServedDescription.of(context);
    }

    @Test
    void everyParameter_isDescribed_andEveryDescribedOneIsRead() {
        Map<String, List<HandlerMethod>> handlers = handlers();

        for (Call call : description.calls()) {
            Set<String> described = call.operation()
                    .path("parameters")
                    .valueStream()
                    .map(DescribedHandlersTest::parameter)
                    .collect(toCollection(TreeSet::new));

            assertThat(described).as(call.toString()).isEqualTo(parameters(handlers.get(call.toString())));
        }
    }

    /** What only one of several handlers of a call demands is optional for the call. */
    private static Set<String> parameters(List<HandlerMethod> handlers) {
        List<Set<String>> each = handlers.stream()
                .map(handler -> parameters(handler).collect(Collectors.toSet()))
                .toList();
        return each.stream()
                .flatMap(Set::stream)
                .map(parameter -> each.stream().allMatch(read -> read.contains(parameter))
                        ? parameter
                        : parameter.replace(REQUIRED, ""))
                .collect(toCollection(TreeSet::new));
    }

    /** As in {@code query limit=100}, with its default, or as in {@code path id required}. */
    private static String parameter(JsonNode described) {
        JsonNode standard = described.path("schema").path("default");
        return described.path("in").asString() + " " + described.path("name").asString()
                + (standard.isMissingNode() ? "" : "=" + standard.asString())
                + (described.path("required").asBoolean(false) ? REQUIRED : "");
    }

    private static Stream<String> parameters(HandlerMethod handler) {
        return Arrays.stream(handler.getMethod().getParameters()).flatMap(DescribedHandlersTest::parameters);
    }

    private static Stream<String> parameters(Parameter parameter) {
        if (parameter.getType() == Projection.class) {
            return Stream.of("query attributes", "query excludedAttributes");
        }
        if (parameter.getType() == HttpServletRequest.class) {
            return LIST_PARAMETERS.stream().map(name -> "query " + name);
        }
        PathVariable variable = AnnotatedElementUtils.findMergedAnnotation(parameter, PathVariable.class);
        if (variable != null) {
            return Stream.of("path " + name(variable.name(), parameter) + REQUIRED);
        }
        RequestParam query = AnnotatedElementUtils.findMergedAnnotation(parameter, RequestParam.class);
        if (query != null) {
            boolean hasDefault = !query.defaultValue().equals(ValueConstants.DEFAULT_NONE);
            return Stream.of("query " + name(query.name(), parameter)
                    + (hasDefault && !query.defaultValue().isEmpty() ? "=" + query.defaultValue() : "")
                    + (query.required() && !hasDefault ? REQUIRED : ""));
        }
        RequestHeader header = AnnotatedElementUtils.findMergedAnnotation(parameter, RequestHeader.class);
        if (header != null) {
            return Stream.of("header " + name(header.name(), parameter) + (header.required() ? REQUIRED : ""));
        }
        if (parameter.isAnnotationPresent(ModelAttribute.class)) {
            return Arrays.stream(parameter.getType().getRecordComponents())
                    .map(component -> "query " + component.getName());
        }
        return Stream.of();
    }

    private static String name(String given, Parameter parameter) {
        return given.isEmpty() ? parameter.getName() : given;
    }

    @Test
    void everyBody_isDescribed_withTheMembersThatAreRead() {
        List<String> problems = new ArrayList<>();
        handlers()
                .forEach((call, handlers) -> handlers.forEach(handler -> {
                    JsonNode described = operation(call).path("requestBody");
                    Arrays.stream(handler.getMethodParameters())
                            .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class))
                            .forEach(parameter -> {
                                boolean required = parameter
                                        .getParameterAnnotation(RequestBody.class)
                                        .required();
                                if (required != described.path("required").asBoolean(false)) {
                                    problems.add(call + ": its body is " + (required ? "" : "not ") + "required");
                                }
                                compare(
                                        ResolvableType.forMethodParameter(parameter),
                                        schema(described),
                                        call + " body",
                                        false,
                                        problems);
                            });
                    if (described.isMissingNode() == reads(handler)) {
                        problems.add(call + ": " + (reads(handler) ? "reads a body" : "reads no body"));
                    }
                }));

        assertThat(problems).isEmpty();
    }

    private static boolean reads(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    @Test
    void everyAnswer_isDescribed_withTheMembersThatAreWritten() {
        List<String> problems = new ArrayList<>();
        handlers()
                .forEach((call, handlers) -> handlers.forEach(handler -> {
                    ResolvableType type = ResolvableType.forMethodReturnType(handler.getMethod());
                    operation(call).path("responses").properties().stream()
                            .filter(response -> response.getKey().startsWith("2"))
                            .map(response -> schema(description.resolved(response.getValue())))
                            .forEach(schema -> compare(
                                    type.toClass() == ResponseEntity.class ? type.getGeneric(0) : type,
                                    schema,
                                    call + " answer",
                                    true,
                                    problems));
                }));

        assertThat(problems).isEmpty();
    }

    private static JsonNode schema(JsonNode message) {
        return message.path("content").path("application/json").path("schema");
    }

    private void compare(ResolvableType type, JsonNode reference, String where, boolean answer, List<String> problems) {
        compare(type, reference, where, answer, problems, new HashSet<>());
    }

    private void compare(
            ResolvableType type,
            JsonNode reference,
            String where,
            boolean answer,
            List<String> problems,
            Set<Class<?>> outer) {
        JsonNode schema = description.resolved(reference);
        Class<?> raw = type.toClass();
        if (Collection.class.isAssignableFrom(raw) || raw.isArray()) {
            JsonNode list = schema.has("oneOf") ? schema.path("oneOf").path(1) : schema;
            ResolvableType item = raw.isArray() ? type.getComponentType() : type.getGeneric(0);
            compare(item, list.path("items"), where + "[]", answer, problems, outer);
        } else if (raw.isEnum()) {
            Set<String> values = Arrays.stream(raw.getEnumConstants())
                    .map(value -> json.convertValue(value, String.class).toLowerCase(Locale.ROOT))
                    .collect(toCollection(TreeSet::new));
            Set<String> described = schema.path("enum")
                    .valueStream()
                    .filter(value -> !value.isNull())
                    .map(value -> value.asString().toLowerCase(Locale.ROOT))
                    .collect(toCollection(TreeSet::new));
            if (!values.equals(described)) {
                problems.add(where + " has the values " + values + " and not " + described);
            }
        } else if (raw.isRecord() && raw.getName().startsWith(OURS)) {
            JsonNode object = schema.has("oneOf")
                    ? description.resolved(schema.path("oneOf").path(0))
                    : schema;
            JsonNode whole = object.has("allOf")
                    ? description.resolved(object.path("allOf").path(0))
                    : object;
            if (!whole.has("properties") || !outer.add(raw)) {
                return;
            }
            compareMembers(type, object, whole.path("properties"), where, answer, problems);
            for (RecordComponent component : raw.getRecordComponents()) {
                compare(
                        ResolvableType.forType(component.getGenericType(), type),
                        whole.path("properties").path(wireName(component)),
                        where + "." + wireName(component),
                        answer,
                        problems,
                        outer);
            }
            outer.remove(raw);
        }
    }

    private static void compareMembers(
            ResolvableType type,
            JsonNode object,
            JsonNode properties,
            String where,
            boolean answer,
            List<String> problems) {
        RecordComponent[] components = type.toClass().getRecordComponents();
        Set<String> members = names(components, _ -> true);
        if (!members.equals(new TreeSet<>(properties.propertyNames()))) {
            problems.add(where + " has the members " + members + " and not " + properties.propertyNames());
        }
        Set<String> required =
                object.path("required").valueStream().map(JsonNode::asString).collect(toCollection(TreeSet::new));
        Set<String> always = names(components, DescribedHandlersTest::isAlwaysThere);
        if (answer && !required.equals(always)) {
            problems.add(where + " always has " + always + " and not " + required);
        }
    }

    private static Set<String> names(RecordComponent[] components, Predicate<RecordComponent> which) {
        return Arrays.stream(components)
                .filter(which)
                .flatMap(component -> isBesideOthers(component)
                        ? UserAttribute.details().stream().map(UserAttribute::seedKey)
                        : Stream.of(wireName(component)))
                .collect(toCollection(TreeSet::new));
    }

    /** A map whose entries stand beside the other members: the attributes of a person. */
    private static boolean isBesideOthers(RecordComponent component) {
        return component.getAccessor().isAnnotationPresent(JsonAnyGetter.class);
    }

    private static boolean isAlwaysThere(RecordComponent component) {
        if (isBesideOthers(component)) {
            return false;
        }
        JsonInclude own = field(component, JsonInclude.class);
        JsonInclude inherited = component.getDeclaringRecord().getAnnotation(JsonInclude.class);
        JsonInclude.Include include =
                own != null ? own.value() : inherited != null ? inherited.value() : JsonInclude.Include.ALWAYS;
        return switch (include) {
            case NON_EMPTY -> !isNullable(component) && !Collection.class.isAssignableFrom(component.getType());
            case NON_NULL, NON_ABSENT -> !isNullable(component);
            default -> true;
        };
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static String wireName(RecordComponent component) {
        JsonProperty property = field(component, JsonProperty.class);
        return property == null || property.value().isEmpty() ? component.getName() : property.value();
    }

    private static <A extends Annotation> @Nullable A field(RecordComponent component, Class<A> annotation) {
        try {
            return component
                    .getDeclaringRecord()
                    .getDeclaredField(component.getName())
                    .getAnnotation(annotation);
        } catch (NoSuchFieldException e) {
            throw new AssertionError(e);
        }
    }

    /** SCIM's handlers return objects, whose members nothing here can see; the answers of other tests show them. */
    @Test
    void everyPartOfAResource_hasTheMembersOfTheResource() {
        JsonNode schemas = description.json().at("/components/schemas");
        for (String resource : List.of("User", "Group")) {
            assertThat(schemas.path(resource + "Part").path("properties").propertyNames())
                    .as(resource)
                    .isEqualTo(schemas.path(resource + "Resource")
                            .path("properties")
                            .propertyNames());
        }
    }

    @Test
    void everyRule_isDescribed() {
        assertThat(description.json().at("/components/schemas/RuleId/enum").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(MiroRule.values()).map(MiroRule::id).toList());
    }

    /** A request can name some settings and an answer has them all. */
    @Test
    void everySetting_isDescribed() {
        List<String> settings = Arrays.stream(OrganizationSettings.class.getRecordComponents())
                .map(RecordComponent::getName)
                .toList();
        JsonNode schemas = description.json().at("/components/schemas");

        assertThat(schemas.at("/OrganizationSettingsChange/properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(settings);
        assertThat(schemas.at("/OrganizationSettings/required").valueStream())
                .extracting(JsonNode::asString)
                .containsExactlyInAnyOrderElementsOf(settings);
    }

    private JsonNode operation(String name) {
        return description.calls().stream()
                .filter(call -> call.toString().equals(name))
                .findAny()
                .map(Call::operation)
                .orElseThrow(() -> new AssertionError(name + " is not described"));
    }

    /** The handlers of this program by method and path, but for those that the description leaves out. */
    private Map<String, List<HandlerMethod>> handlers() {
        Map<String, List<HandlerMethod>> handlers = new TreeMap<>();
        context.getBean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .forEach((mapping, handler) -> DescriptionTest.names(mapping)
                        .filter(name -> DescriptionTest.isDescribed(name, handler))
                        .forEach(name -> handlers.computeIfAbsent(name, _ -> new ArrayList<>())
                                .add(handler)));
        return handlers;
    }
}

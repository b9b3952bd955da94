package dev.miroscim.openapi;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverter;
import io.swagger.v3.core.converter.ModelConverterContext;
import io.swagger.v3.core.util.Json31;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.springdoc.core.customizers.GlobalOpenApiCustomizer;
import org.springframework.core.annotation.Order;
import tools.jackson.databind.JsonNode;

/**
 * What the description cannot see in wire types by itself: that what is never null is always there, and that what may
 * be null is left out or told as null. Records inside others are named for both.
 */
@Order(0)
class RecordSchemas implements ModelConverter, GlobalOpenApiCustomizer {

    private static final String OURS = "dev.miroscim.";

    /** By the names of their schemas. */
    private final Map<String, Class<?>> records = new ConcurrentHashMap<>();

    @Override
    public @Nullable Schema<?> resolve(
            AnnotatedType type, ModelConverterContext context, Iterator<ModelConverter> chain) {
        Class<?> raw = Json31.mapper().constructType(type.getType()).getRawClass();
        if (JsonNode.class.isAssignableFrom(raw)) {
            return Shapes.any();
        }
        if (!chain.hasNext()) {
            return null;
        }
        boolean isOurs = raw.isRecord() && raw.getName().startsWith(OURS);
        if (isOurs && raw.getTypeParameters().length == 0) {
            type.setName(name(raw));
        }
        Schema<?> resolved = chain.next().resolve(type, context, chain);
        if (resolved != null && isOurs) {
            String name = resolved.get$ref() == null ? resolved.getName() : Shapes.name(resolved);
            Schema<?> model = name == null ? null : context.getDefinedModels().get(name);
            if (model != null && model.getProperties() != null) {
                records.put(name, raw);
                complete(model, raw);
            }
        }
        return resolved;
    }

    private static String name(Class<?> type) {
        Class<?> outer = type.getEnclosingClass();
        String outerName = outer == null || outer.getSimpleName().endsWith("Controller")
                ? ""
                : outer.getSimpleName().replaceFirst("(Resource|Document|Entry)$", "");
        return outerName + type.getSimpleName();
    }

    private static void complete(Schema<?> model, Class<?> type) {
        for (RecordComponent component : type.getRecordComponents()) {
            String name = wireName(component);
            if (!isNullable(component) && !isLeftOutWhenEmpty(component)) {
                require(model, name);
            }
            if (isSpelledOut(component)) {
                model.addProperty(name, Shapes.string());
            }
        }
    }

    /** What is null is left out of requests, and told in answers. */
    @Override
    public void customise(OpenAPI description) {
        Set<String> answered = new HashSet<>();
        description.getPaths().values().stream()
                .flatMap(path -> path.readOperations().stream())
                .flatMap(operation -> operation.getResponses().values().stream())
                .map(ApiResponse::getContent)
                .filter(content -> content != null)
                .flatMap(content -> content.values().stream())
                .map(MediaType::getSchema)
                .forEach(schema -> collect(schema, description, answered));
        for (String name : answered) {
            Class<?> type = records.get(name);
            Schema<?> model = description.getComponents().getSchemas().get(name);
            if (type != null && model != null) {
                for (RecordComponent component : type.getRecordComponents()) {
                    if (isNullable(component) && inclusion(component) == JsonInclude.Include.ALWAYS) {
                        tellNull(model, wireName(component));
                    }
                }
            }
        }
    }

    private static void collect(@Nullable Schema<?> schema, OpenAPI description, Set<String> names) {
        if (schema == null) {
            return;
        }
        if (schema.get$ref() != null) {
            if (names.add(Shapes.name(schema))) {
                collect(description.getComponents().getSchemas().get(Shapes.name(schema)), description, names);
            }
            return;
        }
        collect(schema.getItems(), description, names);
        if (schema.getProperties() != null) {
            schema.getProperties().values().forEach(property -> collect(property, description, names));
        }
        if (schema.getAnyOf() != null) {
            schema.getAnyOf().forEach(option -> collect(option, description, names));
        }
        if (schema.getOneOf() != null) {
            schema.getOneOf().forEach(option -> collect(option, description, names));
        }
    }

    private static void require(Schema<?> model, String name) {
        if (model.getRequired() == null || !model.getRequired().contains(name)) {
            model.addRequiredItem(name);
        }
    }

    private static void tellNull(Schema<?> model, String name) {
        require(model, name);
        model.addProperty(name, Shapes.orNull(model.getProperties().get(name)));
    }

    private static boolean isNullable(RecordComponent component) {
        return component.getAnnotatedType().isAnnotationPresent(Nullable.class);
    }

    private static JsonInclude.Include inclusion(RecordComponent component) {
        JsonInclude own = component.getAccessor().getAnnotation(JsonInclude.class);
        JsonInclude all = component.getDeclaringRecord().getAnnotation(JsonInclude.class);
        JsonInclude decisive = own == null ? all : own;
        return decisive == null ? JsonInclude.Include.ALWAYS : decisive.value();
    }

    private static boolean isLeftOutWhenEmpty(RecordComponent component) {
        Class<?> type = component.getType();
        return inclusion(component) == JsonInclude.Include.NON_EMPTY
                && (Collection.class.isAssignableFrom(type) || Map.class.isAssignableFrom(type));
    }

    /** Ids are numbers that travel as strings. */
    private static boolean isSpelledOut(RecordComponent component) {
        JsonFormat format = component.getAccessor().getAnnotation(JsonFormat.class);
        return format != null && format.shape() == JsonFormat.Shape.STRING;
    }

    private static String wireName(RecordComponent component) {
        JsonProperty named = component.getAccessor().getAnnotation(JsonProperty.class);
        return named == null || named.value().isEmpty() ? component.getName() : named.value();
    }
}

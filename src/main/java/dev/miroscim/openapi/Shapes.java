package dev.miroscim.openapi;

import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.oas.models.media.Schema;
import java.util.List;
import java.util.Map;

/**
 * Schemas of OpenAPI 3.1, in which a type is one of several: the classes that are named for types write version 3.0.
 */
public final class Shapes {

    private static final String SCHEMAS = "#/components/schemas/";

    private Shapes() {}

    /** Anything. */
    public static Schema<?> any() {
        return new Schema<>(SpecVersion.V31);
    }

    public static Schema<?> string() {
        return ofType("string");
    }

    public static Schema<?> string(List<String> values) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addType("string");
        schema.setEnum(List.copyOf(values));
        return schema;
    }

    public static Schema<?> integer() {
        return ofType("integer");
    }

    public static Schema<?> array(Schema<?> items) {
        return ofType("array").items(items);
    }

    public static Schema<?> object(Map<String, Schema<?>> properties, List<String> required) {
        Schema<?> schema = ofType("object");
        properties.forEach(schema::addProperty);
        required.forEach(schema::addRequiredItem);
        return schema;
    }

    public static Schema<?> ref(String schema) {
        return any().$ref(SCHEMAS + schema);
    }

    public static Schema<?> either(Schema<?> one, Schema<?> other) {
        Schema<Object> schema = new Schema<>(SpecVersion.V31);
        schema.addAnyOfItem(one);
        schema.addAnyOfItem(other);
        return schema;
    }

    /** The schema that another one stands for. */
    @SuppressWarnings("rawtypes")
    public static Schema<?> resolved(Schema<?> schema, Map<String, Schema> schemas) {
        return schema.get$ref() == null ? schema : schemas.get(name(schema));
    }

    /** The name of the schema that this one refers to. */
    static String name(Schema<?> reference) {
        return reference.get$ref().substring(SCHEMAS.length());
    }

    static Schema<?> orNull(Schema<?> schema) {
        if (schema.get$ref() != null) {
            return either(schema, ofType("null"));
        }
        if (schema.getTypes() != null) {
            schema.addType("null");
        }
        return schema;
    }

    private static Schema<?> ofType(String type) {
        Schema<?> schema = new Schema<>(SpecVersion.V31);
        schema.addType(type);
        return schema;
    }
}

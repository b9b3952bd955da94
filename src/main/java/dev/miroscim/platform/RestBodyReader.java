package dev.miroscim.platform;

import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import dev.miroscim.http.JsonBodyReader;
import dev.miroscim.http.RequestBodies;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/**
 * Reads bodies with the same media types and strictness as SCIM, and refuses numbers for texts: ids and names are
 * strings here.
 */
final class RestBodyReader extends AbstractHttpMessageConverter<RestBody> {

    private final JsonBodyReader trees;
    private final JsonMapper json = JsonMapper.builder()
            .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .withCoercionConfig(LogicalType.Textual, texts -> {
                for (CoercionInputShape shape : CoercionInputShape.values()) {
                    texts.setCoercion(shape, CoercionAction.Fail);
                }
            })
            .build();

    RestBodyReader(RequestBodies bodies) {
        super(MediaType.APPLICATION_JSON, JsonBodyReader.SCIM_JSON);
        this.trees = new JsonBodyReader(bodies);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return RestBody.class.isAssignableFrom(type);
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(RestBody body, HttpOutputMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected RestBody readInternal(Class<? extends RestBody> type, HttpInputMessage message) throws IOException {
        JsonNode tree = trees.read(JsonNode.class, message);
        try {
            return json.treeToValue(tree, type);
        } catch (JacksonException e) {
            throw new ApiErrorException(
                    ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_VALUE, field(e) + " " + complaint(e)));
        }
    }

    private String complaint(JacksonException e) {
        return e instanceof InvalidFormatException format
                        && format.getTargetType().isEnum()
                ? "must be one of "
                        + Arrays.stream(format.getTargetType().getEnumConstants())
                                .map(value -> json.valueToTree(value).asString())
                                .collect(Collectors.joining(", "))
                : "has the wrong type";
    }

    private static String field(JacksonException e) {
        String names = e.getPath().stream()
                .map(JacksonException.Reference::getPropertyName)
                .filter(Objects::nonNull)
                .collect(Collectors.joining("."));
        return names.isEmpty() ? "The body" : names;
    }
}

package dev.miroscim.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads bodies into JSON trees and not into records, because clients send strings for booleans, arrays for scalars and
 * names that no record has. Refuses everything that is not exactly one JSON object.
 */
public final class JsonBodyReader extends AbstractHttpMessageConverter<JsonNode> {

    /** Miro's limit for the body of a request. */
    public static final int MOST_BYTES = 800_000;

    /** SCIM's JSON type, which every plane accepts. No plane accepts any other special JSON type. */
    public static final MediaType SCIM_JSON = MediaType.parseMediaType("application/scim+json");

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    private final RequestBodies bodies;

    public JsonBodyReader(RequestBodies bodies) {
        super(SCIM_JSON, MediaType.APPLICATION_JSON);
        this.bodies = bodies;
    }

    private static ApiErrorException invalidSyntax(String detail) {
        return new ApiErrorException(ApiError.of(HttpStatus.BAD_REQUEST, ApiError.INVALID_SYNTAX, detail));
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == JsonNode.class || type == ObjectNode.class;
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    protected void writeInternal(JsonNode node, HttpOutputMessage message) {
        throw new UnsupportedOperationException();
    }

    @Override
    protected JsonNode readInternal(Class<? extends JsonNode> type, HttpInputMessage message) throws IOException {
        byte[] body = bodies.read(message, MOST_BYTES);
        try {
            JsonNode node = json.readTree(text(body, charset(message)));
            if (!node.isObject()) {
                throw invalidSyntax("The body is not a JSON object");
            }
            requireText(node, UTF_8.newEncoder());
            return node;
        } catch (StreamConstraintsException e) {
            throw invalidSyntax("The body is nested too deeply, or contains an overlong name or number");
        } catch (JacksonException e) {
            throw invalidSyntax("The body is not valid JSON" + place(e.getLocation()));
        }
    }

    /** Decodes strictly: Jackson would accept invalid UTF-8. */
    private static String text(byte[] body, Charset charset) {
        try {
            String text = charset.newDecoder().decode(ByteBuffer.wrap(body)).toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text; // PowerShell writes a byte order mark
        } catch (CharacterCodingException e) {
            throw invalidSyntax("The body is not valid " + charset.name());
        }
    }

    private static Charset charset(HttpInputMessage message) {
        MediaType contentType = message.getHeaders().getContentType();
        Charset charset = contentType == null ? null : contentType.getCharset();
        return charset == null ? UTF_8 : charset;
    }

    /**
     * Refuses escapes that are not valid text: PostgreSQL cannot store NUL, and half a surrogate pair cannot be sent
     * back.
     */
    private static void requireText(JsonNode node, CharsetEncoder encoder) {
        if (node.isString()) {
            requireText(node.stringValue(), encoder);
        }
        node.propertyNames().forEach(name -> requireText(name, encoder));
        node.values().forEach(value -> requireText(value, encoder));
    }

    private static void requireText(String text, CharsetEncoder encoder) {
        if (text.indexOf('\0') >= 0 || !encoder.canEncode(text)) {
            throw invalidSyntax("The body contains a NUL or half a surrogate pair");
        }
    }

    /** The location of the mistake, without quoting the body. */
    private static String place(TokenStreamLocation location) {
        return location == null || location.getLineNr() < 0
                ? ""
                : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}

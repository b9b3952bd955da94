package dev.miroscim.scim.http;

import dev.miroscim.directory.MiroRule;
import dev.miroscim.scim.ScimException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
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
 * Reads bodies into trees of JSON, whose meaning is not its business: clients send strings for booleans, arrays for scalars
 * and names that no record has. What is not one JSON object, in any respect, is refused here.
 */
final class JsonBodyReader extends AbstractHttpMessageConverter<JsonNode> {

    /** Miro's limit for a request. */
    static final int MOST_BYTES = 800_000;

    private final JsonMapper json = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(50)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .build();

    JsonBodyReader() {
        super(MediaType.parseMediaType("application/scim+json"), MediaType.APPLICATION_JSON);
    }

    static ScimException tooLarge() {
        MiroRule.PAYLOAD_LIMIT.note(null);
        return ScimException.payloadTooLarge("A request has at most " + MOST_BYTES + " bytes");
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
        // One byte more than allowed is enough to know: the rest of a chunked body is never read.
        byte[] body = message.getBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw tooLarge();
        }
        try {
            JsonNode node = parse(body, charset(message));
            if (!node.isObject()) {
                throw ScimException.invalidSyntax("The body is not a JSON object");
            }
            return node;
        } catch (StreamConstraintsException e) {
            throw ScimException.invalidSyntax("The body is nested too deeply, or holds an overlong name or number");
        } catch (JacksonException e) {
            throw ScimException.invalidSyntax("The body is not valid JSON" + place(e.getLocation()));
        }
    }

    private JsonNode parse(byte[] body, Charset charset) {
        // Jackson tells the encodings of Unicode apart by itself, and refuses what is none.
        return charset.name().startsWith("UTF")
                ? json.readTree(body)
                : json.readTree(new InputStreamReader(new ByteArrayInputStream(body), charset));
    }

    private static Charset charset(HttpInputMessage message) {
        MediaType contentType = message.getHeaders().getContentType();
        Charset charset = contentType == null ? null : contentType.getCharset();
        return charset == null ? StandardCharsets.UTF_8 : charset;
    }

    /** Where it is wrong, without repeating what is there. */
    private static String place(TokenStreamLocation location) {
        return location == null || location.getLineNr() < 0
                ? ""
                : ": line " + location.getLineNr() + ", column " + location.getColumnNr();
    }
}

package dev.miroscim.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedReader;
import dev.miroscim.http.ApiError;
import dev.miroscim.http.ApiErrorException;
import dev.miroscim.http.JsonBodyReader;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/**
 * Reads bodies of the control API, JSON or YAML, as strictly as seeds: an unknown field is refused, with the name that
 * was probably meant. Only settings are read as a map, which is validated later.
 */
final class EmulatorBodyReader extends AbstractHttpMessageConverter<Object> {

    /** The limit of a seed. */
    static final int MOST_BYTES = 64 * 1024 * 1024;

    private static final String SOURCE = "the body";
    private static final String OURS = "dev.miroscim.emulator.";

    EmulatorBodyReader() {
        super(MediaType.APPLICATION_JSON, JsonBodyReader.SCIM_JSON, MediaType.APPLICATION_YAML);
    }

    @Override
    protected boolean supports(Class<?> type) {
        return type == Map.class || (type.isRecord() && type.getName().startsWith(OURS));
    }

    @Override
    public boolean canWrite(Class<?> type, MediaType mediaType) {
        return false;
    }

    @Override
    public List<MediaType> getSupportedMediaTypes(Class<?> type) {
        return supports(type) ? getSupportedMediaTypes() : List.of();
    }

    @Override
    protected Object readInternal(Class<?> type, HttpInputMessage message) throws IOException {
        byte[] body = message.getBody().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new ApiErrorException(
                    ApiError.of(HttpStatus.CONTENT_TOO_LARGE, "A body can have at most " + MOST_BYTES + " bytes"));
        }
        String text = new String(body, UTF_8);
        if (type == Map.class) {
            return SeedReader.readFields(SOURCE, text);
        }
        return type == SeedDocument.class
                ? SeedReader.readExport(SOURCE, text)
                : SeedReader.read(SOURCE, text, type.asSubclass(Record.class));
    }

    @Override
    protected void writeInternal(Object body, HttpOutputMessage message) {
        throw new UnsupportedOperationException();
    }
}

package dev.miroscim.emulator.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.miroscim.emulator.seed.SeedDocument;
import dev.miroscim.emulator.seed.SeedReader;
import dev.miroscim.http.JsonBodyReader;
import dev.miroscim.http.RequestBodies;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.http.HttpInputMessage;
import org.springframework.http.HttpOutputMessage;
import org.springframework.http.MediaType;
import org.springframework.http.converter.AbstractHttpMessageConverter;

/**
 * Reads bodies of the control API, JSON or YAML, as strictly as seeds: an unknown field is refused, with the name that
 * was probably meant. Only settings are read as a map, which is validated later.
 */
final class EmulatorBodyReader extends AbstractHttpMessageConverter<Object> {

    private static final String SOURCE = "the body";
    private static final String OURS = "dev.miroscim.emulator.";

    private final RequestBodies bodies;

    EmulatorBodyReader(RequestBodies bodies) {
        super(MediaType.APPLICATION_JSON, JsonBodyReader.SCIM_JSON, MediaType.APPLICATION_YAML);
        this.bodies = bodies;
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
        byte[] body = bodies.read(message, bodies.mostBytesOfSeeds());
        Supplier<Reader> text = () -> new InputStreamReader(new ByteArrayInputStream(body), UTF_8);
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

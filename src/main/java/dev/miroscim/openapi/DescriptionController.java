package dev.miroscim.openapi;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.springframework.core.io.ClassPathResource;
import org.springframework.http.MediaType;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import tools.jackson.databind.json.JsonMapper;

/** The description, as YAML and as JSON. */
@RestController
class DescriptionController {

    static final String PATH = "/v3/api-docs";

    private static final ClassPathResource FILE = new ClassPathResource("miro-scim.yaml", DescriptionController.class);

    private final SingletonSupplier<byte[]> json;

    DescriptionController(JsonMapper mapper) {
        json = SingletonSupplier.of(() -> converted(mapper));
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] json() {
        return json.obtain();
    }

    @GetMapping(path = PATH + ".yaml", produces = MediaType.APPLICATION_YAML_VALUE)
    byte[] yaml() throws IOException {
        return FILE.getContentAsByteArray();
    }

    private static byte[] converted(JsonMapper mapper) {
        try (InputStream file = FILE.getInputStream()) {
            Object description = new Yaml(new SafeConstructor(new LoaderOptions())).load(file);
            return mapper.writeValueAsBytes(description);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

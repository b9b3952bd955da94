package dev.miroscim.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The description, as JSON and as YAML. */
@RestController
class DescriptionController {

    static final String PATH = "/v3/api-docs";

    private final ObjectProvider<Springdoc> springdoc;

    DescriptionController(ObjectProvider<Springdoc> springdoc) {
        this.springdoc = springdoc;
    }

    @GetMapping(path = PATH, produces = MediaType.APPLICATION_JSON_VALUE)
    byte[] json(HttpServletRequest request, Locale locale) throws Exception {
        return springdoc.getObject().json(request, locale);
    }

    @GetMapping(path = PATH + ".yaml", produces = MediaType.APPLICATION_YAML_VALUE)
    byte[] yaml(HttpServletRequest request, Locale locale) throws Exception {
        return springdoc.getObject().yaml(request, locale);
    }
}

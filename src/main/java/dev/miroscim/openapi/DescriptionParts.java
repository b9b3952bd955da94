package dev.miroscim.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.headers.Header;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;

/** Adds to the description what all planes refer to. */
class DescriptionParts implements OpenApiCustomizer {

    @Override
    public void customise(OpenAPI description) {
        for (Map.Entry<String, Header> header : Answers.headerComponents().entrySet()) {
            description.getComponents().addHeaders(header.getKey(), header.getValue());
        }
    }
}

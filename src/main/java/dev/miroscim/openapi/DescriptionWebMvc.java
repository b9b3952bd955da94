package dev.miroscim.openapi;

import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.MediaType;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.http.converter.StringHttpMessageConverter;
import org.springframework.validation.Validator;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Takes back what Springdoc's libraries bring about by being there: with Jackson for YAML in sight, Spring MVC would
 * answer every call in YAML to whoever accepts that, which neither Miro nor the control API does.
 */
@Configuration(proxyBeanMethods = false)
class DescriptionWebMvc implements WebMvcConfigurer {

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        // In the place of Spring's, which would have Jackson prepared at each start only to be thrown away.
        var placeholder = new StringHttpMessageConverter();
        placeholder.setSupportedMediaTypes(List.of(MediaType.APPLICATION_YAML));
        converters
                .withYamlConverter(placeholder)
                .configureMessageConvertersList(all -> all.removeIf(converter -> converter == placeholder));
    }

    /** Nothing here is validated by annotations. */
    @Override
    public Validator getValidator() {
        return Validator.forInstanceOf(Void.class, (nothing, errors) -> {});
    }
}

package dev.miroscim.openapi;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Takes back what Springdoc's libraries bring about by being there: with Jackson for YAML in sight, Spring MVC would answer
 * every call in YAML to whoever accepts that, which neither Miro nor the control API does.
 */
@Configuration(proxyBeanMethods = false)
class DescriptionWebMvc implements WebMvcConfigurer {

    private static final String SPRINGS = "org.springframework.http.converter.yaml.";

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.configureMessageConvertersList(
                all -> all.removeIf(converter -> converter.getClass().getName().startsWith(SPRINGS)));
    }
}

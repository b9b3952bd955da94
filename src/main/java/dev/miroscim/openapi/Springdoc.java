package dev.miroscim.openapi;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Locale;
import java.util.Map;
import org.springdoc.core.configuration.SpringDocConfiguration;
import org.springdoc.webmvc.api.OpenApiWebMvcResource;
import org.springdoc.webmvc.core.configuration.SpringDocWebMvcConfiguration;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.env.MapPropertySource;
import org.springframework.stereotype.Component;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Springdoc, which makes the description, in a context of its own that begins with the first request for it.
 * Springdoc's classes are a tenth of all that this program would load at its start otherwise, and few ever ask for a
 * description.
 */
@Component
@Lazy
class Springdoc implements DisposableBean {

    /** By which its auto-configurations, switched off for the program itself, are on here. */
    private static final Map<String, Object> ENABLED = Map.of("springdoc.api-docs.enabled", true);

    private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    private final OpenApiWebMvcResource resource;

    Springdoc(WebApplicationContext program, RequestMappingHandlerMapping mappings) {
        context.setServletContext(program.getServletContext());
        context.setParent(program);
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("description", ENABLED));
        context.addBeanFactoryPostProcessor(beans -> {
            // It describes only what it finds in its own context.
            beans.registerSingleton("requestMappingHandlerMapping", mappings);
            mappings.getHandlerMethods().values().stream()
                    .map(handler -> handler.getBean().toString())
                    .distinct()
                    .forEach(controller -> beans.registerSingleton(controller, program.getBean(controller)));
        });
        context.register(
                DescriptionBeginning.class,
                SpringDocConfiguration.class,
                SpringDocWebMvcConfiguration.class,
                DescriptionParts.class,
                OperationNames.class,
                RecordSchemas.class);
        context.refresh();
        resource = context.getBean(OpenApiWebMvcResource.class);
    }

    byte[] json(HttpServletRequest request, Locale locale) throws Exception {
        return resource.openapiJson(request, DescriptionController.PATH, locale);
    }

    byte[] yaml(HttpServletRequest request, Locale locale) throws Exception {
        return resource.openapiYaml(request, DescriptionController.PATH + ".yaml", locale);
    }

    @Override
    public void destroy() {
        context.close();
    }
}

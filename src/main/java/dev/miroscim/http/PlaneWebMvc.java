package dev.miroscim.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes the JSON body reader, with its check, the only reader of bodies in Spring MVC. */
@Configuration(proxyBeanMethods = false)
class PlaneWebMvc implements WebMvcConfigurer {

    private final RequestBodyCheck bodies;
    private final RepeatedParameters parameters;

    PlaneWebMvc(RequestBodyCheck bodies, RepeatedParameters parameters) {
        this.bodies = bodies;
        this.parameters = parameters;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new JsonBodyReader()).configureMessageConvertersList(WriteOnlyConverters::among);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(bodies);
        interceptors.addInterceptor(parameters);
    }
}

package dev.miroscim.http;

import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Makes the JSON body reader, with its check, the only reader of bodies in Spring MVC. */
@Configuration(proxyBeanMethods = false)
class PlaneWebMvc implements WebMvcConfigurer {

    private final RequestBodyCheck check;
    private final RepeatedParameters parameters;
    private final RequestBodies bodies;

    PlaneWebMvc(RequestBodyCheck check, RepeatedParameters parameters, RequestBodies bodies) {
        this.check = check;
        this.parameters = parameters;
        this.bodies = bodies;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters
                .addCustomConverter(new JsonBodyReader(bodies))
                .configureMessageConvertersList(WriteOnlyConverters::among);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(check);
        interceptors.addInterceptor(parameters);
    }
}

package dev.miroscim.platform;

import dev.miroscim.http.RequestBodies;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Registers REST's interceptor and body reader with Spring MVC. */
@Configuration(proxyBeanMethods = false)
class RestWebMvc implements WebMvcConfigurer {

    private final RestCallInterceptor gate;
    private final RequestBodies bodies;

    RestWebMvc(RestCallInterceptor gate, RequestBodies bodies) {
        this.gate = gate;
        this.bodies = bodies;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new RestBodyReader(bodies));
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(gate).addPathPatterns(RestPlane.PATHS);
    }
}

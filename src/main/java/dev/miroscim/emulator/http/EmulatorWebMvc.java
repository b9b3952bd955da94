package dev.miroscim.emulator.http;

import dev.miroscim.http.RequestBodies;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

@Configuration(proxyBeanMethods = false)
class EmulatorWebMvc implements WebMvcConfigurer {

    private final RequestBodies bodies;

    EmulatorWebMvc(RequestBodies bodies) {
        this.bodies = bodies;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new EmulatorBodyReader(bodies));
    }
}

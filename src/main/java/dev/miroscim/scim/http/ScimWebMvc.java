package dev.miroscim.scim.http;

import dev.miroscim.scim.ResourceLocations;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.converter.HttpMessageConverters;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts SCIM's readers and checks into Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ScimWebMvc implements WebMvcConfigurer {

    private final RequestGuard guard;

    ScimWebMvc(RequestGuard guard) {
        this.guard = guard;
    }

    @Override
    public void configureMessageConverters(HttpMessageConverters.ServerBuilder converters) {
        converters.addCustomConverter(new JsonBodyReader());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(guard).addPathPatterns(ResourceLocations.BASE_PATH + "/**");
    }
}

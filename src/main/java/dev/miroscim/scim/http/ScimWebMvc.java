package dev.miroscim.scim.http;

import dev.miroscim.scim.ResourceLocations;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts SCIM's checks into Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ScimWebMvc implements WebMvcConfigurer {

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new RequestGuard()).addPathPatterns(ResourceLocations.BASE_PATH + "/**");
    }
}

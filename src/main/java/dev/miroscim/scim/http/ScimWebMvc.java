package dev.miroscim.scim.http;

import dev.miroscim.scim.ResourceLocations;
import java.util.List;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Registers SCIM's checks with Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ScimWebMvc implements WebMvcConfigurer {

    private final ScimRates rates;

    ScimWebMvc(ScimRates rates) {
        this.rates = rates;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ProjectionArgument());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new ScimContentNegotiation()).addPathPatterns(ResourceLocations.BASE_PATH + "/**");
        interceptors.addInterceptor(new GroupOptions()).addPathPatterns(ResourceLocations.BASE_PATH + "/Groups/**");
        interceptors.addInterceptor(rates).addPathPatterns(ResourceLocations.BASE_PATH + "/**");
    }
}

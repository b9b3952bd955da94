package dev.miroscim.scim.http;

import dev.miroscim.scim.ResourceLocations;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts SCIM's checks into Spring MVC. */
@Configuration(proxyBeanMethods = false)
class ScimWebMvc implements WebMvcConfigurer {

    private final ObjectProvider<ScimRates> rates;

    ScimWebMvc(ObjectProvider<ScimRates> rates) {
        this.rates = rates;
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new RequestGuard()).addPathPatterns(ResourceLocations.BASE_PATH + "/**");
        rates.ifAvailable(
                limited -> interceptors.addInterceptor(limited).addPathPatterns(ResourceLocations.BASE_PATH + "/**"));
    }
}

package dev.miroscim.scim.http;

import dev.miroscim.scim.Projection;
import dev.miroscim.scim.schema.ResourceType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/**
 * Resolves the {@link dev.miroscim.scim.Projection} argument of controllers from {@code attributes} and
 * {@code excludedAttributes}.
 */
final class ProjectionArgument implements HandlerMethodArgumentResolver {

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Projection.class;
    }

    @Override
    public Projection resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return Projection.of(
                request.getParameter("attributes"),
                request.getParameter("excludedAttributes"),
                resource(parameter.getContainingClass()));
    }

    /** The type of resource that {@code controller} serves. */
    private static ResourceType resource(Class<?> controller) {
        String path = controller.getAnnotation(RequestMapping.class).path()[0];
        return Arrays.stream(ResourceType.values())
                .filter(type -> path.endsWith(type.endpoint()))
                .findFirst()
                .orElseThrow();
    }
}

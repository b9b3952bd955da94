package dev.miroscim.testkit;

import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolutionException;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.platform.commons.support.AnnotationSupport;

/** The JUnit extension behind {@link WithMiroScim}. */
public final class MiroScimExtension implements ParameterResolver {

    private static final Namespace NAMESPACE = Namespace.create(MiroScimExtension.class);
    private static final int LONGEST_NAME = 60;

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == MiroScimServer.class || type == MiroScimAdmin.class || type == Organization.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        MiroScimServer server = server(context);
        Class<?> type = parameter.getParameter().getType();
        if (type == MiroScimServer.class) {
            return server;
        }
        return type == MiroScimAdmin.class ? server.admin() : organization(server, parameter, context);
    }

    /** Stored for the whole test run, and closed at its end. */
    @SuppressWarnings("deprecation") // What replaces it is not in JUnit 5.
    private static MiroScimServer server(ExtensionContext context) {
        List<String> settings = settings(context);
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(settings, it -> MiroScimServer.start(properties(it)), MiroScimServer.class);
    }

    /** The organisation with this number in the test. */
    @SuppressWarnings("deprecation") // What replaces it is not in JUnit 5.
    private static Organization organization(
            MiroScimServer server, ParameterContext parameter, ExtensionContext context) {
        Parameter[] before = Arrays.copyOf(parameter.getDeclaringExecutable().getParameters(), parameter.getIndex());
        long number = Arrays.stream(before)
                .filter(it -> it.getType() == Organization.class)
                .count();
        return context.getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        // The id keeps the test's organisations apart from those of enclosing contexts, whose store
                        // entries a look-up would find too.
                        List.of(context.getUniqueId(), number),
                        _ -> server.admin().createOrganization(NewOrganization.named(name(context))),
                        Organization.class);
    }

    private static String name(ExtensionContext context) {
        String name = context.getDisplayName();
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME - 1) + "…";
    }

    /** The settings of the test, or else of its class, or else of the enclosing class. */
    private static List<String> settings(ExtensionContext context) {
        return Stream.iterate(Optional.of(context), Optional::isPresent, it -> it.flatMap(ExtensionContext::getParent))
                .flatMap(Optional::stream)
                .flatMap(it -> AnnotationSupport.findAnnotation(it.getElement(), WithMiroScim.class).stream())
                .findFirst()
                .map(annotation -> List.of(annotation.value()))
                .orElse(List.of());
    }

    private static Map<String, String> properties(List<String> settings) {
        Map<String, String> properties = new LinkedHashMap<>();
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            if (equals < 1) {
                throw new ParameterResolutionException(
                        "@WithMiroScim(\"" + setting + "\"): a setting must have the form name=value");
            }
            properties.put(
                    setting.substring(0, equals).strip(),
                    setting.substring(equals + 1).strip());
        }
        return properties;
    }
}

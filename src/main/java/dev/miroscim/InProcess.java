package dev.miroscim;

import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.StandardEnvironment;

/**
 * miro-scim within another program's process. The test kit finds this class and its methods by their names, since it
 * may have them loaded beside other versions of the same libraries.
 */
public final class InProcess implements AutoCloseable {

    private final ConfigurableApplicationContext context;

    private InProcess(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /**
     * Starts it on a free port, unless {@code settings} name one.
     *
     * @param settings all that it is told. Environment variables, system properties and files in the working directory
     *     are there for the software under test, whose database this one must not take for its own.
     */
    public static InProcess start(Map<String, String> settings) {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("server.port", 0);
        all.put("spring.config.location", "classpath:/");
        // It warns of the Hibernate of the software under test, which it finds and does not use.
        all.put("logging.level.org.hibernate.orm.service", "error");
        all.putAll(settings);
        StandardEnvironment environment = new NothingFromOutside();
        environment.getPropertySources().addFirst(new MapPropertySource("settings", all));
        // A JVM has one such factory, which is for the software under test to set, or another server of ours.
        TomcatURLStreamHandlerFactory.disable();
        SpringApplication program = new SpringApplication(MiroScim.class);
        // Otherwise it would be the class whose main method runs the tests.
        program.setMainApplicationClass(MiroScim.class);
        program.setEnvironment(environment);
        return new InProcess(program.run());
    }

    /** Where it listens. */
    public int port() {
        return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
    }

    @Override
    public void close() {
        context.close();
    }

    private static final class NothingFromOutside extends StandardEnvironment {

        @Override
        protected void customizePropertySources(MutablePropertySources sources) {
            // None of the usual ones.
        }
    }
}

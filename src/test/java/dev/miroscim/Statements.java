package dev.miroscim;

import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.http.HttpRequest;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Listens to what the program sends to PostgreSQL for the requests of one test, while others run beside it: {@link
 * ScimClient}, {@link RestClient} and {@link Control} mark those requests with a header. Begin and end of transactions
 * are no statements here: the driver sends the one along with the first statement, and every transaction has the other.
 */
@TestConfiguration(proxyBeanMethods = false)
public class Statements {

    private static final String HEADER = "X-Statements";

    /** Who listens to marked requests, by what is in their header. */
    private static final Map<String, Work> LISTENERS = new ConcurrentHashMap<>();

    /** What this thread does while somebody listens. */
    private static final ThreadLocal<Work> WORKING = new ThreadLocal<>();

    /** Who listens to the request that this thread answers. */
    private static final ThreadLocal<List<Sent>> ANSWERING = new ThreadLocal<>();

    /** A statement with its parameters as the driver got them. A batch is one, as it is sent at once. */
    public record Sent(String sql, Map<Integer, Parameter> parameters) {

        @Override
        public String toString() {
            return sql + " " + parameters.values();
        }
    }

    /** How the driver got a parameter. */
    public record Parameter(Method setter, List<@Nullable Object> arguments) {

        public void set(PreparedStatement statement) throws ReflectiveOperationException {
            setter.invoke(statement, arguments.toArray());
        }

        public @Nullable Object value() {
            return arguments.get(1);
        }

        @Override
        public String toString() {
            return String.valueOf(value());
        }
    }

    private record Work(String key, List<Sent> sent, AtomicBoolean heard) {}

    /** What is sent for the requests that {@code requests} makes on this thread. */
    public static List<Sent> of(Runnable requests) {
        Work work = new Work(
                UUID.randomUUID().toString(), Collections.synchronizedList(new ArrayList<>()), new AtomicBoolean());
        LISTENERS.put(work.key(), work);
        WORKING.set(work);
        try {
            requests.run();
        } finally {
            WORKING.remove();
            LISTENERS.remove(work.key());
        }
        if (!work.heard().get()) {
            throw new IllegalStateException("No marked request came to a program that listens");
        }
        return List.copyOf(work.sent());
    }

    /** Marks a request whose statements somebody listens to. */
    static void mark(HttpRequest.Builder request) {
        Work work = WORKING.get();
        if (work != null) {
            request.header(HEADER, work.key());
        }
    }

    @Bean
    static FilterRegistrationBean<Filter> listeningToMarkedRequests() {
        return OutermostFilter.of((request, response, chain) -> {
            String key = ((HttpServletRequest) request).getHeader(HEADER);
            Work work = key == null ? null : LISTENERS.get(key);
            if (work == null) {
                chain.doFilter(request, response);
                return;
            }
            work.heard().set(true);
            ANSWERING.set(work.sent());
            try {
                chain.doFilter(request, response);
            } finally {
                ANSWERING.remove();
            }
        });
    }

    @Bean
    static BeanPostProcessor listeningDataSource() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource dataSource ? new ListeningDataSource(dataSource) : bean;
            }
        };
    }

    private static final class ListeningDataSource extends DelegatingDataSource {

        ListeningDataSource(DataSource dataSource) {
            super(dataSource);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return proxy(Connection.class, (_, method, arguments) -> {
                Object result = call(connection, method, arguments);
                return switch (result) {
                    case PreparedStatement statement ->
                        proxy(PreparedStatement.class, new Listener(statement, (String) arguments[0]));
                    case Statement statement
                    when method.getName().equals("createStatement") ->
                        proxy(Statement.class, new Listener(statement, null));
                    case null, default -> result;
                };
            });
        }
    }

    private static final class Listener implements InvocationHandler {

        private final Statement statement;
        private final @Nullable String sql;
        private final Map<Integer, Parameter> parameters = new TreeMap<>();

        Listener(Statement statement, @Nullable String sql) {
            this.statement = statement;
            this.sql = sql;
        }

        @Override
        public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
            if (arguments != null && arguments.length > 1 && method.getName().startsWith("set")) {
                if (arguments[0] instanceof Integer index) {
                    parameters.put(
                            index,
                            new Parameter(
                                    method, Collections.unmodifiableList(new ArrayList<>(Arrays.asList(arguments)))));
                }
            }
            List<Sent> sent = ANSWERING.get();
            if (sent != null && method.getName().startsWith("execute")) {
                String text = sql != null ? sql : arguments == null ? "" : String.valueOf(arguments[0]);
                sent.add(new Sent(text, new TreeMap<>(parameters)));
            }
            return call(statement, method, arguments);
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(Statements.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}

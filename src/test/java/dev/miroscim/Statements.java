package dev.miroscim;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
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
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Listens to what the program sends to PostgreSQL for a request, whoever made it; but not to what it does by itself all
 * the time: writing the journal and reading it for those who watch, and looking for what other instances changed. Begin
 * and end of transactions are no statements here: the driver sends the one along with the first statement, and every
 * transaction has the other.
 */
@TestConfiguration(proxyBeanMethods = false)
public class Statements {

    private static volatile @Nullable List<Sent> listener;

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

    /** What is sent while {@code work} is done. */
    public static List<Sent> of(Runnable work) {
        List<Sent> sent = Collections.synchronizedList(new ArrayList<>());
        listener = sent;
        try {
            work.run();
        } finally {
            listener = null;
        }
        return List.copyOf(sent);
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

        private static boolean answersARequest(Thread thread) {
            return thread.getName().startsWith("tomcat-handler-");
        }

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
            List<Sent> sent = listener;
            if (sent != null && method.getName().startsWith("execute") && answersARequest(Thread.currentThread())) {
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

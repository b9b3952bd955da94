package dev.miroscim.database;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connection that reports its return to the pool, once. Hikari itself reports no connection that broke. */
final class ReturnedConnection implements InvocationHandler {

    private final Connection connection;
    private final Runnable returned;
    private final AtomicBoolean closed = new AtomicBoolean();

    private ReturnedConnection(Connection connection, Runnable returned) {
        this.connection = connection;
        this.returned = returned;
    }

    static Connection of(Connection connection, Runnable returned) {
        return (Connection) Proxy.newProxyInstance(
                ReturnedConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new ReturnedConnection(connection, returned));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
        if (method.getName().equals("equals") && arguments != null) {
            return proxy == arguments[0];
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        } finally {
            boolean closes =
                    method.getName().equals("close") || method.getName().equals("abort");
            if (closes && closed.compareAndSet(false, true)) {
                returned.run();
            }
        }
    }
}

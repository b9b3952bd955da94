package dev.miroscim.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A miro-scim in this process, on a free port and with its embedded PostgreSQL, which ends with the process.
 *
 * <p>The program's jar is on the class path, or is the file that the system property {@code miro-scim.jar} names. Its
 * classes are loaded separately from those of the tests, so that both use the library versions that they were built
 * with. It ignores environment variables, system properties and configuration files, which are meant for the software
 * under test.
 */
public final class MiroScimServer implements AutoCloseable {

    private static final String JAR = "miro-scim.jar";
    private static final String PROGRAM = "dev.miroscim.InProcess";

    private final AutoCloseable running;
    private final String url;
    private final Map<String, String> settings;

    private MiroScimServer(AutoCloseable running, int port, Map<String, String> settings) {
        this.running = running;
        this.url = "http://localhost:" + port;
        this.settings = settings;
    }

    /** Starts a server with random tokens and a random password. */
    public static MiroScimServer start() {
        return start(Map.of());
    }

    /**
     * Starts a server.
     *
     * @param settings by their property names, such as {@code miro.seed} or {@code miro.rate-limits}
     */
    public static MiroScimServer start(Map<String, String> settings) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("miro.scim-token", random());
        all.put("miro.rest-token", random());
        all.put("miro.admin-password", random());
        all.putAll(settings);
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader classes = classes();
        thread.setContextClassLoader(classes);
        try {
            Class<?> program = classes.loadClass(PROGRAM);
            MethodHandles.Lookup methods = MethodHandles.publicLookup();
            AutoCloseable running =
                    (AutoCloseable) methods.findStatic(program, "start", MethodType.methodType(program, Map.class))
                            .invoke(all);
            int port = (int) methods.findVirtual(program, "port", MethodType.methodType(int.class))
                    .invoke(running);
            return new MiroScimServer(running, port, all);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "The miro-scim program is missing: add dev.miroscim:miro-scim to the tests' class path,"
                            + " or set the system property " + JAR + " to the path of its jar",
                    e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The address of the server and of its REST API. */
    public String url() {
        return url;
    }

    /** The base URL (or tenant URL) for SCIM clients. */
    public String scimUrl() {
        return url + "/api/v1/scim";
    }

    /** The SCIM token of the first organisation. */
    public String scimToken() {
        return settings.get("miro.scim-token");
    }

    /** The REST token of the first organisation. */
    public String restToken() {
        return settings.get("miro.rest-token");
    }

    /** The password of the user {@code admin} of the control API. */
    public String adminPassword() {
        return settings.get("miro.admin-password");
    }

    /** A client of the control API. */
    public MiroScimAdmin admin() {
        return MiroScimAdmin.at(url, adminPassword());
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static String random() {
        byte[] bytes = new byte[24];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /**
     * Each server has its own class loader. It is never closed, because it may end its PostgreSQL only when the process
     * ends.
     */
    private static ClassLoader classes() {
        try {
            String file = System.getProperty(JAR, "");
            if (!file.isBlank()) {
                return apart(Path.of(file).toUri().toURL());
            }
            ClassLoader own = MiroScimServer.class.getClassLoader();
            URL program = own.getResource(PROGRAM.replace('.', '/') + ".class");
            URLConnection connection = program == null ? null : program.openConnection();
            return connection instanceof JarURLConnection jar ? apart(jar.getJarFileURL()) : own;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The jar contains everything that the program needs besides the JDK. */
    private static ClassLoader apart(URL jar) {
        return new URLClassLoader("miro-scim", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }
}

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
 * A miro-scim in this process, on a free port and on the PostgreSQL that it brings along.
 *
 * <p>Its jar is on the class path, or is the file that the system property {@code miro-scim.jar} names. Its classes are
 * kept apart from those of the tests, so that both have the versions of libraries that they were built with. It pays no
 * attention to environment variables, system properties and configuration files, which are for the software under test.
 *
 * <p>Its PostgreSQL ends with the process.
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

    /** Starts one with tokens and a password of its own. */
    public static MiroScimServer start() {
        return start(Map.of());
    }

    /**
     * Starts one.
     *
     * @param settings by the names of properties, such as {@code miro.seed} or {@code miro.rate-limits}
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
                    "miro-scim itself is missing: add dev.miroscim:miro-scim to the tests' class path,"
                            + " or name its jar by the system property " + JAR,
                    e);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** The address of the server, which is also that of the REST API. */
    public String url() {
        return url;
    }

    /** What a SCIM client calls the base URL or tenant URL. */
    public String scimUrl() {
        return url + "/api/v1/scim";
    }

    /** Opens SCIM for the first organisation. */
    public String scimToken() {
        return settings.get("miro.scim-token");
    }

    /** Opens the REST API for the first organisation. */
    public String restToken() {
        return settings.get("miro.rest-token");
    }

    /** Opens the control API, as user {@code admin}. */
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

    /** Of each server's own, which nobody closes: its PostgreSQL is ended by some of them when the process ends. */
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

    /** The jar has everything that the program needs beside the JDK. */
    private static ClassLoader apart(URL jar) {
        return new URLClassLoader("miro-scim", new URL[] {jar}, ClassLoader.getPlatformClassLoader());
    }
}

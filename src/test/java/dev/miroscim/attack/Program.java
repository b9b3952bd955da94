package dev.miroscim.attack;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The packaged program as a process of its own, with the flags of the image, on a port that it keeps. */
final class Program implements AutoCloseable {

    static final String SCIM_TOKEN = "scim-token-of-the-attack";
    static final String REST_TOKEN = "rest-token-of-the-attack";
    static final String PASSWORD = "admin-password-of-the-attack";

    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC", "-Xms64m", "-Xmx192m", "-XX:TieredStopAtLevel=1", "-XX:+ExitOnOutOfMemoryError");
    private static final Duration START = Duration.ofSeconds(60);

    private final List<String> command;
    private final int port;
    private final Path log;
    private Process process;

    private Program(List<String> command, int port, Path log) throws IOException {
        this.command = command;
        this.port = port;
        this.log = log;
        this.process = run();
    }

    /** Starts it and waits until it can be called. */
    static Program start(Database database, String... settings) throws IOException {
        String jar = System.getProperty("miro-scim.jar");
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        // Without it a start takes twice as long; the image has one as well.
        command.addAll(List.of("-XX:AOTCache=" + jar.replaceFirst("jar$", "aot"), "-Xlog:aot*=off"));
        command.addAll(List.of(
                "-jar",
                jar,
                "--server.port=" + port,
                "--miro.scim-token=" + SCIM_TOKEN,
                "--miro.rest-token=" + REST_TOKEN,
                "--miro.admin-password=" + PASSWORD));
        command.addAll(database.settings());
        command.addAll(List.of(settings));
        Path folder = Files.createDirectories(Path.of("target", "attack"));
        return new Program(command, port, Files.createTempFile(folder, "program-", ".log"));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private Process run() throws IOException {
        long before = Files.size(log);
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // They are for the JVM of the tests.
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA_TOOL") || name.startsWith("JDK_JAVA"));
        Process started = builder.start();
        await("the program is ready; see " + log)
                .atMost(START)
                .pollInterval(Duration.ofMillis(50))
                .failFast("the program ended; see " + log, () -> !started.isAlive())
                .until(() -> readLog(before).contains("SCIM base URL"));
        return started;
    }

    /** Starts it again, after it was killed. */
    void startAgain() throws IOException {
        process = run();
    }

    int port() {
        return port;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends the JVM at once. What it started may notice. */
    void kill() {
        process.destroyForcibly().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }

    /** Ends the JVM and everything that it started at once, as the end of a container does. */
    void killTree() {
        List<ProcessHandle> tree = Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList();
        tree.forEach(ProcessHandle::destroyForcibly);
        tree.forEach(one -> one.onExit().orTimeout(30, TimeUnit.SECONDS).join());
    }

    /** How many bytes it has logged so far. */
    long logged() {
        try {
            return Files.size(log);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What it has logged since there were so many bytes. */
    String readLog(long since) {
        try {
            byte[] all = Files.readAllBytes(log);
            return new String(all, (int) since, all.length - (int) since, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (process.isAlive()) {
            try {
                if (!process.waitFor(30, TimeUnit.SECONDS)) {
                    process.destroyForcibly();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

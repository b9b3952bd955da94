package dev.miroscim.startup.postgres;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationContextInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.aot.AbstractAotProcessor;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Starts an embedded PostgreSQL in parallel with Spring, unless {@code spring.datasource.url} names another one.
 *
 * <p>The first {@linkplain EmbeddedDriver connection} waits for it. All application contexts of a process share a
 * server, which keeps test runs with many contexts fast.
 */
class EmbeddedDatabase implements ApplicationListener<ApplicationContextInitializedEvent> {

    /** The servers by their data folders; the key of the temporary one is empty. */
    private static final Map<Path, CompletableFuture<PostgresServer>> SERVERS = new ConcurrentHashMap<>();

    /** The earliest time at which all properties are known, including those of tests. */
    @Override
    public void onApplicationEvent(ApplicationContextInitializedEvent event) {
        var context = event.getApplicationContext();
        boolean building = Boolean.getBoolean(AbstractAotProcessor.AOT_PROCESSING);
        if (!building && !StringUtils.hasText(context.getEnvironment().getProperty("spring.datasource.url"))) {
            Path dataDir = dataDir(context.getEnvironment());
            SERVERS.computeIfAbsent(dataDir, EmbeddedDatabase::startInBackground);
            context.getBeanFactory().registerSingleton("embeddedDatabase", new Embedded(dataDir));
        }
    }

    /** Waits until the server runs, and starts it if no application context has done so. */
    static PostgresServer server(Path dataDir) {
        return SERVERS.computeIfAbsent(dataDir, EmbeddedDatabase::startInBackground)
                .join();
    }

    private static Path dataDir(Environment environment) {
        String dataDir = environment.getProperty("miro.data-dir", "").strip();
        return dataDir.isEmpty()
                ? Path.of("")
                : Path.of(dataDir).toAbsolutePath().normalize();
    }

    private static CompletableFuture<PostgresServer> startInBackground(Path dataDir) {
        var server = CompletableFuture.supplyAsync(
                () -> dataDir.toString().isEmpty() ? PostgresServer.temporary() : PostgresServer.keptIn(dataDir),
                task -> Thread.ofPlatform().daemon().name("embedded-postgresql").start(task));
        // While the program ends, whatever ends it may also end the server, as when a service manager ends all at once.
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform().unstarted(() -> server.thenAccept(PostgresServer::expectEnd)));
        // Spring runs these handlers after it has closed all contexts, and with them all connections.
        SpringApplication.getShutdownHandlers()
                .add(() -> server.handle((running, failure) -> {
                            if (running != null) {
                                running.close();
                            }
                            return failure;
                        })
                        .join());
        return server;
    }

    /** The server that an application context uses. */
    record Embedded(Path dataDir) {}
}

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
 * Starts a PostgreSQL of miro-scim's own beside Spring, unless {@code spring.datasource.url} names another one.
 *
 * <p>Whoever {@linkplain EmbeddedDriver connects} first waits for it; everything before that is done meanwhile. All
 * application contexts of a process share a server, which makes a test run with many of them cheap.
 */
class EmbeddedDatabase implements ApplicationListener<ApplicationContextInitializedEvent> {

    /** By the folder they keep their data in; the temporary one's is empty. */
    private static final Map<Path, CompletableFuture<PostgresServer>> SERVERS = new ConcurrentHashMap<>();

    /** The first moment at which all properties are known, those of tests included. */
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

    /** Waits until it runs. Whoever asks before any application context has begun is who starts it. */
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
        // Spring runs these after it has closed all contexts, and with them all connections.
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

    /** What starts, or has started, for one application context. */
    record Embedded(Path dataDir) {}
}

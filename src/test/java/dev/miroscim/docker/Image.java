package dev.miroscim.docker;

import dev.miroscim.testkit.MiroScimContainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * The image under test: the one that {@code -Dmiro-scim.image} names, else one that is built from these sources, with
 * what {@code -Dmiro-scim.build} adds to {@code docker build}.
 */
final class Image {

    private static final String NAME = nameOrBuild();

    private Image() {}

    static MiroScimContainer container() {
        return new MiroScimContainer(NAME);
    }

    /**
     * One of several servers over the database of {@link #postgres}. They agree on their secrets and on their address.
     */
    static MiroScimContainer container(Network network, String alias) {
        return container()
                .withNetwork(network)
                .withNetworkAliases(alias)
                .withDatabase("jdbc:postgresql://postgres:5432/miro", "miro", "secret")
                .withScimToken("scim")
                .withRestToken("rest")
                .withAdminPassword("admin")
                .withEnv("MIRO_PUBLIC_URL", "https://miro.example.com");
    }

    static GenericContainer<?> postgres(Network network) {
        return new GenericContainer<>("postgres:18")
                .withNetwork(network)
                .withNetworkAliases("postgres")
                .withEnv("POSTGRES_USER", "miro")
                .withEnv("POSTGRES_PASSWORD", "secret")
                // The server that only prepares a new database does not listen there.
                .waitingFor(Wait.forSuccessfulCommand("pg_isready -h 127.0.0.1 -U miro"));
    }

    private static String nameOrBuild() {
        String name = System.getProperty("miro-scim.image", "");
        if (!name.isBlank()) {
            return name;
        }
        List<String> command = new ArrayList<>(List.of("docker", "build", "--tag", "miro-scim"));
        System.getProperty("miro-scim.build", "")
                .lines()
                .flatMap(it -> Stream.of(it.split("\\s+")))
                .filter(it -> !it.isEmpty())
                .forEach(command::add);
        command.add(Path.of("").toAbsolutePath().toString());
        try {
            int exit = new ProcessBuilder(command).inheritIO().start().waitFor();
            if (exit != 0) {
                throw new IllegalStateException(String.join(" ", command) + " failed with " + exit);
            }
            return "miro-scim";
        } catch (IOException e) {
            throw new IllegalStateException(String.join(" ", command) + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}

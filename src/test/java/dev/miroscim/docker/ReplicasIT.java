package dev.miroscim.docker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.ScimClient;
import dev.miroscim.testkit.MiroScimContainer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.utility.MountableFile;

/** Two servers over one database, behind the load balancer of docker-compose.yml. */
@DockerTest
class ReplicasIT {

    private static final int BALANCER_PORT = 8080;

    @Test
    void twoServersBehaveAsOneEvenWhenOneDies() {
        try (Network network = Network.newNetwork();
                GenericContainer<?> postgres = Image.postgres(network);
                MiroScimContainer first = Image.container(network, "miro-scim");
                MiroScimContainer second = Image.container(network, "miro-scim-2");
                GenericContainer<?> balancer = balancer(network)) {
            postgres.start();
            // At once, on a database that both find empty.
            Startables.deepStart(first, second).join();
            balancer.start();

            seesWhatTheOtherOneDoes(scim(first, MiroScimContainer.PORT), scim(second, MiroScimContainer.PORT));
            survivesTheDeathOf(first, scim(balancer, BALANCER_PORT), scim(second, MiroScimContainer.PORT));
        }
    }

    private static void seesWhatTheOtherOneDoes(ScimClient one, ScimClient other) {
        ScimClient.Answer created = one.post("/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "seen@example.com"}
                """);
        assertThat(created.status()).isEqualTo(201);
        assertThat(other.get("/Users/" + created.body().path("id").asString()).body())
                .isEqualTo(created.body());
        assertThat(other.get("/Groups").body()).isEqualTo(one.get("/Groups").body());
    }

    private static void survivesTheDeathOf(MiroScimContainer server, ScimClient balancer, ScimClient survivor) {
        Load load = new Load(balancer);
        try (load) {
            load.awaitMore(20);
            server.getDockerClient().killContainerCmd(server.getContainerId()).exec();
            load.awaitMore(100);
        }

        assertThat(load.acknowledged())
                .allSatisfy(name -> assertThat(survivor.get("/Users?filter=userName eq \"" + name + "\"")
                                .resources())
                        .hasSize(1));
        assertThat(load.failures().stream()
                        .collect(Collectors.groupingBy(Load.Failure::userName, Collectors.counting()))
                        .values())
                .as("requests that had to be repeated, by user: %s", load.failures())
                .hasSizeLessThanOrEqualTo(Load.CLIENTS)
                .allSatisfy(times -> assertThat(times).isEqualTo(1));
    }

    private static ScimClient scim(GenericContainer<?> server, int port) {
        return new ScimClient(server.getMappedPort(port), "scim");
    }

    private static GenericContainer<?> balancer(Network network) {
        return new GenericContainer<>("haproxy:lts")
                .withNetwork(network)
                .withCopyFileToContainer(
                        MountableFile.forHostPath("src/main/docker/haproxy.cfg"), "/usr/local/etc/haproxy/haproxy.cfg")
                .withExposedPorts(BALANCER_PORT)
                .waitingFor(Wait.forHttp("/health").forPort(BALANCER_PORT));
    }
}

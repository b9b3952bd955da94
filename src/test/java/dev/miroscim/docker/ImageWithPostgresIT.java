package dev.miroscim.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import dev.miroscim.ScimClient;
import dev.miroscim.testkit.MiroScimContainer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;

/** The image on a PostgreSQL of its own. */
@DockerTest
class ImageWithPostgresIT {

    private static Network network;
    private static GenericContainer<?> postgres;

    @BeforeAll
    static void start() {
        network = Network.newNetwork();
        postgres = Image.postgres(network);
        postgres.start();
    }

    @AfterAll
    static void stop() {
        postgres.stop();
        network.close();
    }

    @Test
    void whatWasAcknowledgedSurvivesTheServer() {
        try (MiroScimContainer miro = Image.container(network, "miro-scim")) {
            miro.start();
            assertThat(create(miro, "survivor@example.com").status()).isEqualTo(201);
        }
        try (MiroScimContainer miro = Image.container(network, "miro-scim")) {
            miro.start();
            assertThat(create(miro, "survivor@example.com").status()).isEqualTo(409);
        }
    }

    @Test
    void runsNoPostgresOfItsOwn() throws Exception {
        try (MiroScimContainer miro = Image.container(network, "miro-scim")) {
            miro.start();
            assertThat(miro.execInContainer("sh", "-c", "cat /proc/[0-9]*/comm").getStdout())
                    .contains("java")
                    .doesNotContain("postgres");
        }
    }

    /**
     * @param failures as many as there are before it is back; many take so long that the pool seldom asks for it any
     * more
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 5 * Load.CLIENTS})
    void comesBackByItselfAfterPostgresRestarted(int failures) {
        try (MiroScimContainer miro = Image.container(network, "miro-scim")) {
            miro.start();
            DockerClient docker = miro.getDockerClient();
            String id = postgres.getContainerId();
            Load load = new Load(scim(miro));
            try (load) {
                load.awaitMore(20);
                docker.stopContainerCmd(id).exec();
                load.awaitFailures(failures);
                docker.startContainerCmd(id).exec();
                load.awaitMore(20);
            }

            assertThat(load.failures()).allSatisfy(failure -> {
                assertThat(failure.status()).isEqualTo(503);
                assertThat(failure.retryAfter()).isNotNull();
            });
            assertThat(load.acknowledged())
                    .allSatisfy(name -> assertThat(scim(miro)
                                    .get("/Users?filter=userName eq \"" + name + "\"")
                                    .resources())
                            .hasSize(1));
        }
    }

    private static ScimClient scim(MiroScimContainer miro) {
        return new ScimClient(miro.getMappedPort(MiroScimContainer.PORT), miro.scimToken());
    }

    private static ScimClient.Answer create(MiroScimContainer miro, String userName) {
        return scim(miro).post("/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}
                """.formatted(userName));
    }
}

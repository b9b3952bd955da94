package dev.miroscim.docker;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.Capability;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.miroscim.RawHttp;
import dev.miroscim.ScimClient;
import dev.miroscim.testkit.MiroScimContainer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.testcontainers.DockerClientFactory;

/** One {@code docker run}, nothing else. */
@DockerTest
class ImageAloneIT {

    private static final int STOP_SECONDS = 60;

    @Test
    void runsWithoutRightsOnAReadOnlyFileSystem() throws Exception {
        try (MiroScimContainer miro = with(host -> host.withReadonlyRootfs(true)
                .withTmpFs(Map.of("/tmp", ""))
                .withCapDrop(Capability.ALL)
                .withSecurityOpts(List.of("no-new-privileges")))) {
            miro.start();

            assertThat(scim(miro).get("/Users").status()).isEqualTo(200);
            assertThat(miro.execInContainer("id", "-u").getStdout().strip()).isNotEqualTo("0");
            // A cache that does not fit is left alone without a word.
            assertThat(miro.execInContainer("grep", "-c", "/app/miro-scim.aot", "/proc/1/maps")
                            .getExitCode())
                    .isZero();
            Waiting.until("the engine finds it healthy", () -> "healthy".equals(health(miro)));
        }
    }

    @Test
    void keepsItsDataInAVolume() {
        String volume = "miro-scim-test-" + UUID.randomUUID();
        DockerClient docker = DockerClientFactory.instance().client();
        try {
            try (MiroScimContainer miro = onVolume(volume)) {
                miro.start();
                assertThat(create(miro, "kept@example.com").status()).isEqualTo(201);
                stop(miro);
            }
            try (MiroScimContainer miro = onVolume(volume)) {
                miro.start();
                assertThat(create(miro, "kept@example.com").status()).isEqualTo(409);
            }
            // The engine kills it, which gives neither the program nor its PostgreSQL a chance to end in order.
            try (MiroScimContainer miro = onVolume(volume)) {
                miro.start();
                assertThat(create(miro, "killed@example.com").status()).isEqualTo(201);
                docker.killContainerCmd(miro.getContainerId()).exec();
            }
            try (MiroScimContainer miro = onVolume(volume)) {
                miro.start();
                assertThat(create(miro, "killed@example.com").status()).isEqualTo(409);
            }
        } finally {
            docker.removeVolumeCmd(volume).exec();
        }
    }

    @Test
    void answersRequestsThatAreUnderWayBeforeItEnds() throws IOException {
        try (MiroScimContainer miro = Image.container()) {
            miro.start();
            int port = miro.getMappedPort(MiroScimContainer.PORT);
            String body = """
                    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"last@example.com"}""";
            try (RawHttp connection = new RawHttp(port)) {
                connection.send("""
                        POST /api/v1/scim/Users HTTP/1.1
                        Host: localhost
                        Authorization: Bearer %s
                        Content-Type: application/scim+json
                        Content-Length: %d
                        Expect: 100-continue

                        """.formatted(miro.scimToken(), body.length()));
                // Says that somebody wants the body: the request is under way.
                assertThat(connection.receive().status()).isEqualTo(100);
                CompletableFuture<Void> end = CompletableFuture.runAsync(() -> stop(miro));
                Waiting.until("it takes no new requests", () -> !isHealthy(port));
                connection.send(body);

                assertThat(connection.receive().status()).isEqualTo(201);
                end.join();
            }
            assertThat(exitCode(miro))
                    .as("the exit code of a program that was asked to end")
                    .isEqualTo(143);
        }
    }

    private static MiroScimContainer onVolume(String volume) {
        return with(host -> host.withBinds(new Bind(volume, new Volume("/data"))))
                .withEnv("MIRO_DATA_DIR", "/data")
                .withScimToken("scim");
    }

    private static MiroScimContainer with(Consumer<HostConfig> configuration) {
        return Image.container()
                .withCreateContainerCmdModifier(
                        command -> configuration.accept(Objects.requireNonNull(command.getHostConfig())));
    }

    private static ScimClient scim(MiroScimContainer miro) {
        return new ScimClient(miro.getMappedPort(MiroScimContainer.PORT), miro.scimToken());
    }

    private static ScimClient.Answer create(MiroScimContainer miro, String userName) {
        return scim(miro).post("/Users", """
                {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}
                """.formatted(userName));
    }

    private static boolean isHealthy(int port) {
        try {
            return RawHttp.exchange(port, """
                    GET /health HTTP/1.1
                    Host: localhost
                    Connection: close

                    """).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** As {@code docker stop} does, other than {@code close()}, which kills. */
    private static void stop(MiroScimContainer miro) {
        miro.getDockerClient()
                .stopContainerCmd(miro.getContainerId())
                .withTimeout(STOP_SECONDS)
                .exec();
    }

    private static String health(MiroScimContainer miro) {
        return Objects.requireNonNull(miro.getCurrentContainerInfo().getState().getHealth())
                .getStatus();
    }

    private static Long exitCode(MiroScimContainer miro) {
        return miro.getCurrentContainerInfo().getState().getExitCodeLong();
    }
}

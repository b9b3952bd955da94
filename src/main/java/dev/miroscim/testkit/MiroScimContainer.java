package dev.miroscim.testkit;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.rnorth.ducttape.ratelimits.RateLimiterBuilder;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/**
 * A miro-scim in a container, for tests.
 *
 * <p>By default it uses its embedded PostgreSQL, whose data end with the container, and random tokens.
 */
public class MiroScimContainer extends GenericContainer<MiroScimContainer> {

    /** The port inside the container. */
    public static final int PORT = 8080;

    private static final String SEED = "/app/seed.yml";
    private static final String ALLOWED_HOSTS = "MIRO_ALLOWED_HOSTS";

    private String scimToken = MiroScimServer.random();
    private String restToken = MiroScimServer.random();
    private String adminPassword = MiroScimServer.random();

    /** @param image the name of the image, such as {@code miro-scim} */
    public MiroScimContainer(String image) {
        this(DockerImageName.parse(image));
    }

    /** @param image the name of the image */
    @SuppressWarnings("this-escape") // Testcontainers' classes are configured in the constructor.
    public MiroScimContainer(DockerImageName image) {
        super(image);
        addExposedPort(PORT);
        waitingFor(Wait.forHttp("/health")
                .forPort(PORT)
                .withRateLimiter(RateLimiterBuilder.newBuilder()
                        .withRate(10, TimeUnit.SECONDS)
                        .withConstantThroughput()
                        .build())
                .withStartupTimeout(Duration.ofMinutes(2)));
    }

    /** Sets the SCIM token of the first organisation. */
    public MiroScimContainer withScimToken(String token) {
        scimToken = token;
        return self();
    }

    /** Sets the REST token of the first organisation. */
    public MiroScimContainer withRestToken(String token) {
        restToken = token;
        return self();
    }

    /** Sets the admin password, which opens the control API. */
    public MiroScimContainer withAdminPassword(String password) {
        adminPassword = password;
        return self();
    }

    /** Starts with the organisations of this seed, in YAML or JSON. */
    public MiroScimContainer withSeed(String seed) {
        withCopyToContainer(Transferable.of(seed, 0444), SEED);
        return withEnv("MIRO_SEED", SEED);
    }

    /** Starts with the organisations of this seed. */
    public MiroScimContainer withSeed(MountableFile seed) {
        withCopyFileToContainer(seed, SEED);
        return withEnv("MIRO_SEED", SEED);
    }

    /** Uses another PostgreSQL, with an address that is valid inside the container. */
    public MiroScimContainer withDatabase(String jdbcUrl, String user, String password) {
        return withEnv("SPRING_DATASOURCE_URL", jdbcUrl)
                .withEnv("SPRING_DATASOURCE_USERNAME", user)
                .withEnv("SPRING_DATASOURCE_PASSWORD", password);
    }

    @Override
    protected void configure() {
        addEnv("MIRO_SCIM_TOKEN", scimToken);
        addEnv("MIRO_REST_TOKEN", restToken);
        addEnv("MIRO_ADMIN_PASSWORD", adminPassword);
        if (!getEnvMap().containsKey(ALLOWED_HOSTS)) {
            // How the test reaches it, and other containers in its network.
            addEnv(
                    ALLOWED_HOSTS,
                    Stream.concat(Stream.of(getHost()), getNetworkAliases().stream())
                            .collect(Collectors.joining(",")));
        }
    }

    /** The address of the server and of its REST API. */
    public String url() {
        return "http://" + getHost() + ":" + getMappedPort(PORT);
    }

    /** The base URL (or tenant URL) for SCIM clients. */
    public String scimUrl() {
        return url() + "/api/v1/scim";
    }

    public String scimToken() {
        return scimToken;
    }

    public String restToken() {
        return restToken;
    }

    public String adminPassword() {
        return adminPassword;
    }

    /** A client of the control API. */
    public MiroScimAdmin admin() {
        return MiroScimAdmin.at(url(), adminPassword);
    }
}

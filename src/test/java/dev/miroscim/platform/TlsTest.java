package dev.miroscim.platform;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.miroscim.MiroScimTest;
import dev.miroscim.RawHttp;
import dev.miroscim.TestOrganization;
import dev.miroscim.access.AccessTokens;
import dev.miroscim.access.TokenKind;
import dev.miroscim.emulator.AdminPassword;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** ConductorOne's connector calls two hosts by name and over TLS; one server with one certificate is both of them. */
@MiroScimTest
class TlsTest {

    private static final String PASSWORD = "changeit";

    @TempDir
    private static Path folder;

    @LocalServerPort
    private int port;

    @Autowired
    private ApplicationContext context;

    @DynamicPropertySource
    static void certificate(DynamicPropertyRegistry properties) throws IOException, InterruptedException {
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "miro",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=miro.com",
                        "-ext",
                        "san=dns:miro.com,dns:api.miro.com",
                        "-ext",
                        "bc:critical=ca:true",
                        "-validity",
                        "2",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        keyStore().toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes());
        assertThat(keytool.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(keytool.exitValue()).as(output).isZero();
        properties.add("miro.allowed-hosts", () -> "miro.com,api.miro.com");
        properties.add("server.ssl.key-store", () -> keyStore().toUri().toString());
        properties.add("server.ssl.key-store-password", () -> PASSWORD);
    }

    @Test
    void rest_asApiMiroCom() throws Exception {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String token = context.getBean(AccessTokens.class).generate(acme.id(), TokenKind.REST);

        RawHttp.Answer answer = get("api.miro.com", "/v1/oauth-token", token);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"id\":\"" + acme.id() + "\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"miro.com", "api.miro.com"})
    void scim_asEitherHost(String host) throws Exception {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();
        String path = "/api/v1/scim/Users/" + acme.user("ada@example.com");

        RawHttp.Answer answer = get(host, path, acme.token());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.body()).contains("\"location\":\"https://" + host + path + "\"");
    }

    @Test
    void connectionsBreakHereToo() throws Exception {
        TestOrganization acme = TestOrganization.create(context, "{}");
        String fault = "{\"organization\": \"%d\", \"times\": 1, \"connection\": \"reset\"}".formatted(acme.id());
        String admin = "admin:" + context.getBean(AdminPassword.class).secret().value();
        RawHttp.Answer created = exchange("miro.com", """
                POST /emulator/faults HTTP/1.1
                Host: miro.com
                Authorization: Basic %s
                Content-Type: application/json
                Content-Length: %d

                %s""".formatted(
                        Base64.getEncoder().encodeToString(admin.getBytes(UTF_8)), fault.length(), fault));
        assertThat(created.status()).isEqualTo(201);

        assertThatThrownBy(() -> get("miro.com", "/api/v1/scim/Users", acme.token()))
                .isInstanceOf(IOException.class);

        assertThat(get("miro.com", "/api/v1/scim/Users", acme.token()).status()).isEqualTo(200);
    }

    private RawHttp.Answer get(String host, String path, String token) throws Exception {
        return exchange(host, """
                GET %s HTTP/1.1
                Host: %s
                User-Agent: baton-sdk/v0.3.19
                Authorization: Bearer %s

                """.formatted(path, host, token));
    }

    /** Connects to this machine as if it were {@code host}, which its certificate has to be good for. */
    private RawHttp.Answer exchange(String host, String request) throws Exception {
        Socket connection = new Socket(InetAddress.getLoopbackAddress(), port);
        SSLSocket tls = (SSLSocket) trusting().getSocketFactory().createSocket(connection, host, port, true);
        SSLParameters parameters = tls.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        tls.setSSLParameters(parameters);
        try (RawHttp http = new RawHttp(tls)) {
            http.send(request);
            return http.receive();
        }
    }

    private static SSLContext trusting() throws Exception {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keyStore())) {
            keys.load(in, PASSWORD.toCharArray());
        }
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("miro", keys.getCertificate("miro"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return context;
    }

    private static Path keyStore() {
        return folder.resolve("miro.p12");
    }
}

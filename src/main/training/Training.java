import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Starts the program with the arguments of a JVM, sends it so many requests of every kind, and ends it, so that a JVM
 * that writes an AOT cache at its end knows which classes and which methods such requests need.
 *
 * <p>Usage: {@code java Training.java REQUESTS ARGUMENT…}
 */
final class Training {

    private static final String SCIM_TOKEN = "training-scim-token";
    private static final String REST_TOKEN = "training-rest-token";
    private static final String PASSWORD = "training-password";
    private static final Pattern BASE_URL = Pattern.compile("SCIM base URL +(http://[^/]+)/");
    private static final Pattern ID = Pattern.compile("\"id\":\"?(\\d+)");
    private static final int CLIENTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String baseUrl;
    private final AtomicInteger sent = new AtomicInteger();

    private Training(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public static void main(String[] arguments) throws Exception {
        List<String> command = new ArrayList<>(Arrays.asList(arguments));
        command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                "--server.port=0",
                "--miro.scim-token=" + SCIM_TOKEN,
                "--miro.rest-token=" + REST_TOKEN,
                "--miro.admin-password=" + PASSWORD));
        Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder log = new StringBuilder();
        try (BufferedReader output = program.inputReader(UTF_8)) {
            Training training = new Training(baseUrl(output, log));
            Thread reader = Thread.ofVirtual()
                    .start(() -> output.lines().forEach(line -> log.append(line).append('\n')));
            training.run(Integer.parseInt(arguments[0]));
            // Not of the process itself, which would close the output that the JVM still writes.
            program.toHandle().destroy();
            if (!program.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("The program did not end");
            }
            reader.join();
        } catch (Exception e) {
            System.err.println(log);
            throw e;
        } finally {
            program.destroyForcibly();
        }
    }

    private static String baseUrl(BufferedReader output, StringBuilder log) throws IOException {
        String line;
        while ((line = output.readLine()) != null) {
            log.append(line).append('\n');
            Matcher found = BASE_URL.matcher(line);
            if (found.find()) {
                return found.group(1);
            }
        }
        throw new IOException("The program did not start");
    }

    private void run(int requests) throws Exception {
        List<Thread> clients = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Client client = new Client(i);
            clients.add(Thread.ofPlatform().start(() -> {
                try {
                    do {
                        client.sendEveryKind();
                    } while (sent.get() < requests);
                } catch (Exception e) {
                    synchronized (failures) {
                        failures.add(e);
                    }
                }
            }));
        }
        for (Thread client : clients) {
            client.join();
        }
        if (!failures.isEmpty()) {
            throw new IOException("A client failed", failures.getFirst());
        }
    }

    /** A client with organisations of its own, so that none waits for the others' locks all the time. */
    private final class Client {

        private static final String ADMIN = "admin@client.example";

        private final int number;
        private final List<Organization> organizations = new ArrayList<>();
        private int round;

        Client(int number) {
            this.number = number;
        }

        void sendEveryKind() throws Exception {
            if (organizations.isEmpty()) {
                organizations.add(create("TEAMS"));
                organizations.add(create("USER_GROUPS"));
                for (Organization organization : organizations) {
                    for (int i = 0; i < 30; i++) {
                        organization.scim("POST", "/Users", user("first" + i + "@client.example"));
                    }
                }
            }
            for (Organization organization : organizations) {
                users(organization);
                groups(organization);
            }
            if (round % 4 == 0) {
                rest(organizations.getFirst());
                control(organizations.getLast());
                discovery(organizations.getFirst());
            }
            round++;
        }

        private Organization create(String model) throws Exception {
            String created = admin("POST", "/emulator/organizations", """
                    {"name": "Client %d %s", "settings": {"groupModel": "%s", "newUsersRegistered": true},
                     "seed": {"teams": [{"name": "Everyone", "default": true}, {"name": "Design"}, {"name": "Product"}],
                              "people": [{"email": "%s", "name": "Ada Admin", "role": "companyAdmin",
                                          "teams": [{"name": "Everyone", "role": "admin"},
                                                    {"name": "Design", "role": "admin"}]}]}}
                    """.formatted(number, model, model, ADMIN));
            return new Organization(id(created), text(created, "scimToken"), text(created, "restToken"), model);
        }

        private void users(Organization organization) throws Exception {
            String name = "user" + round + "@client.example";
            String id = id(organization.scim("POST", "/Users", user(name)));
            for (int i = 0; i < 5; i++) {
                organization.scim("GET", "/Users?filter=userName+eq+%22first" + i + "%40client.example%22", null);
                organization.scim("GET", "/Users/" + id, null);
            }
            organization.scim(
                    "GET", "/Users?filter=userName+eq+%22nobody%40client.example%22&startIndex=1&count=10", null);
            for (String filter : List.of(
                    "displayName+co+%22Hop%22",
                    "userName+sw+%22first%22+and+active+eq+true",
                    "name.familyName+eq+%22Hopper%22+or+emails.value+eq+%22" + name.replace("@", "%40") + "%22",
                    "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department+eq+%22Navy%22",
                    "meta.lastModified+gt+%222020-01-01T00:00:00Z%22",
                    "id+eq+%22" + id + "%22",
                    "roles.value+pr")) {
                organization.scim("GET", "/Users?count=10&filter=" + filter, null);
            }
            organization.scim("GET", "/Users?count=100", null);
            organization.scim("GET", "/Users?startIndex=11&count=10&sortBy=userName&attributes=userName,groups", null);
            for (String operations : List.of(
                    "{\"op\":\"Replace\",\"path\":\"displayName\",\"value\":\"Name " + round + "\"},"
                            + "{\"op\":\"Add\",\"path\":"
                            + "\"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department\",\"value\":\"D"
                            + round + "\"}",
                    "{\"op\":\"Replace\",\"path\":\"active\",\"value\":\"False\"}",
                    "{\"op\":\"replace\",\"value\":{\"active\":true,\"name.givenName\":\"Grace\",\"userType\":\"Full\"}}",
                    "{\"op\":\"Replace\",\"path\":\"emails[type eq \\\"work\\\"].value\",\"value\":\"" + name + "\"}",
                    "{\"op\":\"Replace\",\"path\":\"userName\",\"value\":\"renamed-" + name + "\"}",
                    "{\"op\":\"Add\",\"path\":\"roles\",\"value\":"
                            + "[{\"value\":\"ORGANIZATION_INTERNAL_USER\",\"primary\":true}]}")) {
                organization.patch("/Users/" + id, operations);
                organization.patch("/Users/" + id, operations.replace("Name ", "Other name "));
            }
            organization.scim("PUT", "/Users/" + id, user("renamed-" + name));
            organization.scim("POST", "/Users", user("renamed-" + name));
            organization.scim("DELETE", "/Users/" + id, null);
            organization.scim("GET", "/Users/" + id, null);
        }

        private void groups(Organization organization) throws Exception {
            String member =
                    id(organization.scim("GET", "/Users?filter=userName+eq+%22first7%40client.example%22", null));
            String group;
            boolean teams = organization.model().equals("TEAMS");
            if (teams) {
                group = id(organization.scim("GET", "/Groups?filter=displayName+eq+%22Design%22", null));
            } else {
                group = id(organization.scim("POST", "/Groups", """
                        {"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"Group %d"}""".formatted(round)));
            }
            organization.scim("GET", "/Groups?count=100", null);
            organization.scim("GET", "/Groups?excludedAttributes=members", null);
            organization.patch(
                    "/Groups/" + group,
                    "{\"op\":\"add\",\"path\":\"members\",\"value\":[{\"value\":\"" + member + "\"}]}");
            organization.scim("GET", "/Groups/" + group, null);
            organization.scim("GET", "/Groups/" + group + "?excludedAttributes=members", null);
            organization.patch(
                    "/Groups/" + group, "{\"op\":\"Remove\",\"path\":\"members[value eq \\\"" + member + "\\\"]\"}");
            organization.patch(
                    "/Groups/" + group, "{\"op\":\"Replace\",\"path\":\"displayName\",\"value\":\"Design\"}");
            if (!teams) {
                organization.scim("DELETE", "/Groups/" + group, null);
            }
        }

        private void rest(Organization organization) throws Exception {
            String organizationPath = "/v2/orgs/" + organization.id();
            organization.rest("GET", "/v1/oauth-token", null);
            organization.rest("GET", organizationPath, null);
            organization.rest("GET", organizationPath + "/default_teams_settings", null);
            organization.rest("GET", organizationPath + "/members?limit=20", null);
            organization.rest("GET", organizationPath + "/members?emails=" + ADMIN, null);
            String team =
                    id(organization.rest("POST", organizationPath + "/teams", "{\"name\": \"Team " + round + "\"}"));
            String teamPath = organizationPath + "/teams/" + team;
            organization.rest("GET", organizationPath + "/teams", null);
            organization.rest("GET", teamPath, null);
            organization.rest("PATCH", teamPath, "{\"name\": \"Renamed " + round + "\"}");
            String member = id(organization.rest(
                    "POST", teamPath + "/members", "{\"email\": \"first3@client.example\", \"role\": \"member\"}"));
            organization.rest("GET", teamPath + "/members", null);
            organization.rest("GET", teamPath + "/members/" + member, null);
            organization.rest("PATCH", teamPath + "/members/" + member, "{\"role\": \"admin\"}");
            organization.rest("DELETE", teamPath + "/members/" + member, null);
            organization.rest("GET", teamPath + "/settings", null);
            organization.rest("GET", organizationPath + "/members/" + member, null);
            String group =
                    id(organization.rest("POST", organizationPath + "/groups", "{\"name\": \"Group " + round + "\"}"));
            String groupPath = organizationPath + "/groups/" + group;
            organization.rest("GET", organizationPath + "/groups", null);
            organization.rest("GET", groupPath, null);
            organization.rest("PATCH", groupPath, "{\"name\": \"Renamed group " + round + "\"}");
            organization.rest("POST", groupPath + "/members", "{\"email\": \"first3@client.example\"}");
            organization.rest("GET", groupPath + "/members", null);
            organization.rest(
                    "POST", teamPath + "/groups", "{\"userGroupId\": \"" + group + "\", \"role\": \"member\"}");
            organization.rest("GET", groupPath + "/teams", null);
            organization.rest("DELETE", teamPath + "/groups/" + group, null);
            organization.rest("DELETE", groupPath, null);
            organization.rest("DELETE", teamPath, null);
            organization.rest("GET", "/v2/boards", null);
            organization.rest(
                    "GET",
                    "/v2/audit/logs?createdAfter=2020-01-01T00:00:00Z&createdBefore=2100-01-01T00:00:00Z&limit=20",
                    null);
        }

        private void control(Organization organization) throws Exception {
            String path = "/emulator/organizations/" + organization.id();
            admin("GET", "/emulator/organizations", null);
            admin("GET", path, null);
            admin("GET", path + "/people", null);
            admin(
                    "POST",
                    path + "/people",
                    "{\"email\": \"person" + round + "@client.example\", \"name\": \"New Person\"}");
            admin("GET", path + "/teams", null);
            admin("PATCH", path + "/settings", "{\"emailWrites\": \"LENIENT\"}");
            admin("GET", "/emulator/journal?limit=50", null);
            admin("GET", "/emulator/rules", null);
            admin("GET", "/emulator/clock", null);
            String fault = id(admin("POST", "/emulator/faults", """
                    {"organization": "%s", "status": 503, "times": 1}""".formatted(organization.id())));
            admin("GET", "/emulator/faults", null);
            admin("DELETE", "/emulator/faults/" + fault, null);
            admin("GET", "/metrics", null);
            send("GET", "/health/ready", null, null);
        }

        private void discovery(Organization organization) throws Exception {
            organization.scim("GET", "/ServiceProviderConfig", null);
            organization.scim("GET", "/ResourceTypes", null);
            organization.scim("GET", "/Schemas", null);
            organization.scim("GET", "/Users?filter=userName+eq", null);
            send("GET", "/api/v1/scim/Users", null, "Bearer of nothing");
        }

        private static String user(String name) {
            return """
                    {"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"%1$s",
                     "name":{"givenName":"Grace","familyName":"Hopper"},"emails":[{"value":"%1$s","primary":true}],
                     "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Navy"},"active":true}
                    """.formatted(name);
        }
    }

    private final class Organization {

        private final String id;
        private final String scimToken;
        private final String restToken;
        private final String model;

        Organization(String id, String scimToken, String restToken, String model) {
            this.id = id;
            this.scimToken = scimToken;
            this.restToken = restToken;
            this.model = model;
        }

        String id() {
            return id;
        }

        String model() {
            return model;
        }

        String scim(String method, String path, String body) throws Exception {
            return send(method, "/api/v1/scim" + path, body, "Bearer " + scimToken);
        }

        String patch(String path, String operations) throws Exception {
            return scim("PATCH", path, """
                    {"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[%s]}""".formatted(operations));
        }

        String rest(String method, String path, String body) throws Exception {
            return send(method, path, body, "Bearer " + restToken);
        }
    }

    private String admin(String method, String path, String body) throws Exception {
        byte[] credentials = ("admin:" + PASSWORD).getBytes(UTF_8);
        return send(method, path, body, "Basic " + Base64.getEncoder().encodeToString(credentials));
    }

    /** Returns the answer's body. Refusals are part of the training, failures of the program are not. */
    private String send(String method, String path, String body, String authorization) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 500) {
            throw new IOException(method + " " + path + " got " + answer.statusCode() + " " + answer.body());
        }
        sent.incrementAndGet();
        return answer.body();
    }

    private static String id(String json) throws IOException {
        return first(ID, json);
    }

    private static String text(String json, String name) throws IOException {
        return first(Pattern.compile("\"" + name + "\":\"([^\"]+)\""), json);
    }

    private static String first(Pattern pattern, String json) throws IOException {
        Matcher found = pattern.matcher(json);
        if (!found.find()) {
            throw new IOException("Not in the answer: " + pattern + " in " + json);
        }
        return found.group(1);
    }
}

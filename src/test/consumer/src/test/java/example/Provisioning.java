package example;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;

/** The software under test. */
record Provisioning(String scimUrl, String token) {

    void create(String userName) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(scimUrl + "/Users"))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/scim+json")
                .POST(BodyPublishers.ofString("""
                        {"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "%s"}
                        """.formatted(userName)))
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            int status = http.send(request, BodyHandlers.discarding()).statusCode();
            if (status != 201) {
                throw new IOException("POST /Users was answered " + status);
            }
        }
    }
}

package dev.miroscim.openapi;

import dev.miroscim.directory.MiroRule;
import io.swagger.v3.oas.models.Components;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * How a plane answers.
 *
 * @param plane what the names of its refusals begin with
 * @param mediaType the type of its refusals
 * @param error the schema of their bodies
 * @param headers the names of what each of its answers may have, or has
 */
public record Answers(String plane, String mediaType, String error, List<String> headers) {

    public static final String RULE = "X-Miro-Rule";
    public static final String LIMIT = "X-RateLimit-Limit";
    public static final String REMAINING = "X-RateLimit-Remaining";
    public static final String RESET = "X-RateLimit-Reset";
    public static final String LOCATION = HttpHeaders.LOCATION;

    private static final Map<HttpStatus, List<String>> HEADERS = Map.of(
            HttpStatus.UNAUTHORIZED, List.of(HttpHeaders.WWW_AUTHENTICATE),
            HttpStatus.METHOD_NOT_ALLOWED, List.of(HttpHeaders.ALLOW),
            HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                    List.of(HttpHeaders.ACCEPT, HttpHeaders.ACCEPT_PATCH, HttpHeaders.ACCEPT_ENCODING),
            HttpStatus.TOO_MANY_REQUESTS, List.of(HttpHeaders.RETRY_AFTER),
            HttpStatus.SERVICE_UNAVAILABLE, List.of(HttpHeaders.RETRY_AFTER));

    /** The headers that answers can have. */
    static Map<String, Header> headerComponents() {
        Map<String, Header> components = new LinkedHashMap<>();
        components.put(
                RULE,
                header(
                        "A rule of Miro that acted on the request; once for each",
                        Shapes.array(Shapes.string(Arrays.stream(MiroRule.values())
                                .map(MiroRule::id)
                                .toList()))));
        components.put(LIMIT, header("How much there is in a window of time", Shapes.integer()));
        components.put(REMAINING, header("How much of it is left", Shapes.integer()));
        components.put(RESET, header("When the window ends, in seconds since 1970", Shapes.integer()));
        components.put(
                LOCATION, header("Where the new resource is", Shapes.string().format("uri-reference")));
        components.put(
                HttpHeaders.RETRY_AFTER,
                header("After how many seconds to try again; assumed, as Miro does not document it", Shapes.integer()));
        components.put(HttpHeaders.WWW_AUTHENTICATE, header("How to be let in", Shapes.string()));
        components.put(HttpHeaders.ALLOW, header("The methods that there are", Shapes.string()));
        components.put(HttpHeaders.ACCEPT, header("The types that a body can have", Shapes.string()));
        components.put(
                HttpHeaders.ACCEPT_PATCH, header("The types that the body of a PATCH can have", Shapes.string()));
        components.put(HttpHeaders.ACCEPT_ENCODING, header("How a body can be encoded", Shapes.string()));
        return components;
    }

    private static Header header(String description, Schema<?> schema) {
        return new Header().description(description).schema(schema);
    }

    /** The operation is refused with these statuses, too. */
    public void refuse(Operation operation, List<HttpStatus> statuses) {
        for (HttpStatus status : statuses) {
            operation
                    .getResponses()
                    .addApiResponse(
                            Integer.toString(status.value()),
                            new ApiResponse().$ref("#/components/responses/" + plane + status.value()));
        }
    }

    /** Adds a refusal of every status that the plane knows. */
    public void addRefusals(Components components, List<HttpStatus> statuses) {
        for (HttpStatus status : statuses) {
            ApiResponse refusal = new ApiResponse()
                    .description(status.getReasonPhrase())
                    .content(new Content().addMediaType(mediaType, new MediaType().schema(Shapes.ref(error))));
            HEADERS.getOrDefault(status, List.of()).forEach(name -> addHeader(refusal, name));
            addHeaders(refusal);
            components.addResponses(plane + status.value(), refusal);
        }
    }

    /** Adds what every answer of the plane may have. */
    public void addHeaders(ApiResponse response) {
        headers.forEach(name -> addHeader(response, name));
    }

    public static void addHeader(ApiResponse response, String name) {
        response.addHeaderObject(name, new Header().$ref("#/components/headers/" + name));
    }
}

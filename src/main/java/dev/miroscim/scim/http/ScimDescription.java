package dev.miroscim.scim.http;

import static dev.miroscim.openapi.Answers.LIMIT;
import static dev.miroscim.openapi.Answers.REMAINING;
import static dev.miroscim.openapi.Answers.RESET;
import static dev.miroscim.openapi.Answers.RULE;
import static dev.miroscim.scim.ScimMediaType.JSON;
import static dev.miroscim.scim.ScimMediaType.SCIM_JSON;
import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.CONTENT_TOO_LARGE;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.METHOD_NOT_ALLOWED;
import static org.springframework.http.HttpStatus.NOT_ACCEPTABLE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.TOO_MANY_REQUESTS;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;
import static org.springframework.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE;

import dev.miroscim.openapi.Answers;
import dev.miroscim.openapi.Shapes;
import dev.miroscim.scim.ResourceLocations;
import dev.miroscim.scim.groups.GroupResource;
import dev.miroscim.scim.schema.AttributeDefinition;
import dev.miroscim.scim.schema.Schemas;
import dev.miroscim.scim.users.UserResource;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem.HttpMethod;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.MediaType;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.QueryParameter;
import io.swagger.v3.oas.models.parameters.RequestBody;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;

/**
 * What the description of SCIM cannot see in its handlers, which read bodies as trees, since clients spell them in
 * their own ways, and answer with as much of a resource as was asked for.
 */
@Component
@Lazy
class ScimDescription implements OpenApiCustomizer {

    private static final String SECURITY = "scimToken";
    private static final String METHOD_NOT_ALLOWED_ERROR = "MethodNotAllowed";
    private static final String PATCH_REQUEST = "PatchRequest";

    /** Which need not have a userName: what it does not have stays as it is. */
    private static final String USER_REPLACEMENT = "UserReplacement";

    /** What says which part of a resource an answer holds; see {@link dev.miroscim.scim.Projection}. */
    private static final List<String> PROJECTION = List.of("attributes", "excludedAttributes");

    /** The resources, by what their paths begin with. */
    private static final Map<String, String> RESOURCES = Map.of(
            ResourceLocations.BASE_PATH + "/Users", "User",
            ResourceLocations.BASE_PATH + "/Groups", "Group");

    private static final Answers ANSWERS =
            new Answers("Scim", SCIM_JSON, "ScimError", List.of(LIMIT, REMAINING, RESET, RULE));

    private static final Answers DISCOVERY = new Answers("Scim", SCIM_JSON, "ScimError", List.of(RULE));

    private static final List<HttpStatus> REFUSALS = List.of(
            BAD_REQUEST,
            UNAUTHORIZED,
            FORBIDDEN,
            NOT_FOUND,
            METHOD_NOT_ALLOWED,
            NOT_ACCEPTABLE,
            CONFLICT,
            CONTENT_TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            TOO_MANY_REQUESTS,
            INTERNAL_SERVER_ERROR,
            SERVICE_UNAVAILABLE);

    @Override
    @SuppressWarnings("rawtypes")
    public void customise(OpenAPI description) {
        description
                .getComponents()
                .addSecuritySchemes(
                        SECURITY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("The SCIM token of the organization"));
        Map<String, Schema> schemas = description.getComponents().getSchemas();
        for (Class<?> type :
                List.of(UserResource.class, GroupResource.class, ScimError.class, MethodNotAllowed.class)) {
            schemas.putAll(ModelConverters.getInstance(true).readAll(new AnnotatedType(type)));
        }
        schemas.get("UserResource").addProperty(Schemas.ENTERPRISE_USER.id(), extension());
        ANSWERS.addRefusals(description.getComponents(), REFUSALS);
        description
                .getComponents()
                .getResponses()
                .get("Scim" + METHOD_NOT_ALLOWED.value())
                .setContent(
                        new Content().addMediaType(JSON, new MediaType().schema(Shapes.ref(METHOD_NOT_ALLOWED_ERROR))));
        schemas.put(PATCH_REQUEST, patch());
        RESOURCES.values().forEach(resource -> addShapes(resource, schemas));
        schemas.remove("ListResponseObject");

        // It is only there to say why it is refused.
        description.getPaths().get(ResourceLocations.BASE_PATH + "/Groups/{id}").setPut(null);
        description.getPaths().forEach((path, item) -> {
            if (path.startsWith(ResourceLocations.BASE_PATH + "/")) {
                item.readOperationsMap()
                        .forEach((method, operation) -> RESOURCES.entrySet().stream()
                                .filter(resource -> path.startsWith(resource.getKey()))
                                .findFirst()
                                .ifPresentOrElse(
                                        resource -> describe(path, method, operation, resource.getValue()),
                                        () -> describeDiscovery(path, operation)));
            }
        });
    }

    private static Schema<?> extension() {
        Map<String, Schema<?>> members = new LinkedHashMap<>();
        for (AttributeDefinition attribute : Schemas.ENTERPRISE_USER.attributes()) {
            Map<String, Schema<?>> parts = new LinkedHashMap<>();
            attribute.subAttributes().forEach(part -> parts.put(part.name(), Shapes.string()));
            members.put(attribute.name(), parts.isEmpty() ? Shapes.string() : Shapes.object(parts, List.of()));
        }
        return Shapes.object(members, List.of());
    }

    /** A part of a resource, a list of resources, and what clients send to make one. */
    @SuppressWarnings("rawtypes")
    private static void addShapes(String resource, Map<String, Schema> schemas) {
        Schema<?> part = loose(Shapes.ref(resource + "Resource"), schemas);
        part.setRequired(List.of("schemas", "id"));
        part.setDescription("What is left by the parameters attributes and excludedAttributes");
        schemas.put(resource + "Part", part);

        Map<String, Schema<?>> list = new LinkedHashMap<>();
        list.put("schemas", Shapes.array(Shapes.string()));
        list.put("totalResults", Shapes.integer());
        list.put("startIndex", Shapes.integer());
        list.put("itemsPerPage", Shapes.integer());
        list.put("Resources", Shapes.array(found(resource)));
        schemas.put("ListResponse" + resource, Shapes.object(list, List.of("schemas", "totalResults")));

        Schema<?> sent = loose(Shapes.ref(resource + "Resource"), schemas);
        List.of("id", "meta", "emails", "groups").forEach(sent.getProperties()::remove);
        sent.setDescription("What clients send; whatever else they send is ignored");
        if (resource.equals("User")) {
            schemas.put(USER_REPLACEMENT, loose(sent, schemas));
        }
        sent.setRequired(List.of(resource.equals("User") ? "userName" : "displayName"));
        schemas.put("New" + resource, sent);
    }

    /** The schema with everything in it optional. */
    @SuppressWarnings("rawtypes")
    private static Schema<?> loose(Schema<?> schema, Map<String, Schema> schemas) {
        Schema<?> strict = Shapes.resolved(schema, schemas);
        if (strict.getItems() != null) {
            return Shapes.array(loose(strict.getItems(), schemas));
        }
        if (strict.getProperties() == null) {
            return strict;
        }
        Map<String, Schema<?>> properties = new LinkedHashMap<>();
        strict.getProperties().forEach((name, property) -> properties.put(name, loose(property, schemas)));
        return Shapes.object(properties, List.of());
    }

    private static Schema<?> found(String resource) {
        return Shapes.either(Shapes.ref(resource + "Resource"), Shapes.ref(resource + "Part"));
    }

    private static Schema<?> patch() {
        Schema<?> operation = Shapes.object(
                Map.of(
                        "op", Shapes.string().description("add, replace or remove, in any case"),
                        "path", Shapes.string(),
                        "value", Shapes.any()),
                List.of("op"));
        return Shapes.object(
                Map.of("schemas", Shapes.array(Shapes.string()), "Operations", Shapes.array(operation)),
                List.of("schemas", "Operations"));
    }

    private static void describe(String path, HttpMethod method, Operation operation, String resource) {
        operation.addSecurityItem(new SecurityRequirement().addList(SECURITY));
        boolean collection = RESOURCES.containsKey(path);
        if (operation.getParameters() != null) {
            operation.getParameters().removeIf(parameter -> parameter.getName().equals("projection"));
        }
        if (collection && method == HttpMethod.GET) {
            addListParameters(operation);
        } else if (method != HttpMethod.DELETE) {
            PROJECTION.forEach(name ->
                    operation.addParametersItem(new QueryParameter().name(name).schema(Shapes.string())));
        }
        if (method == HttpMethod.POST || method == HttpMethod.PUT || method == HttpMethod.PATCH) {
            operation.setRequestBody(
                    new RequestBody().required(true).content(content(Shapes.ref(sent(method, resource)))));
        }
        ApiResponse success =
                operation.getResponses().entrySet().iterator().next().getValue();
        if (method == HttpMethod.POST) {
            operation.getResponses().remove("200");
            operation.getResponses().addApiResponse("201", success.description("Created"));
            Answers.addHeader(success, Answers.LOCATION);
        }
        ANSWERS.addHeaders(success);
        if (method != HttpMethod.DELETE) {
            success.setContent(content(
                    collection && method == HttpMethod.GET ? Shapes.ref("ListResponse" + resource) : found(resource)));
        }
        ANSWERS.refuse(operation, refusals(collection, method, operation, resource));
    }

    private static String sent(HttpMethod method, String resource) {
        if (method == HttpMethod.PATCH) {
            return PATCH_REQUEST;
        }
        return method == HttpMethod.PUT && resource.equals("User") ? USER_REPLACEMENT : "New" + resource;
    }

    private static void addListParameters(Operation operation) {
        Map<String, Schema<?>> parameters = new LinkedHashMap<>();
        parameters.put("filter", Shapes.string());
        PROJECTION.forEach(name -> parameters.put(name, Shapes.string()));
        parameters.put("startIndex", Shapes.integer());
        parameters.put("count", Shapes.integer());
        parameters.put("sortBy", Shapes.string());
        parameters.put("sortOrder", Shapes.string(List.of("ascending", "descending")));
        parameters.forEach((name, schema) ->
                operation.addParametersItem(new QueryParameter().name(name).schema(schema)));
    }

    private static List<HttpStatus> refusals(
            boolean collection, HttpMethod method, Operation operation, String resource) {
        List<HttpStatus> refusals = new ArrayList<>(REFUSALS);
        if (collection && (method == HttpMethod.GET || resource.equals("User"))) {
            refusals.remove(NOT_FOUND);
        }
        if (method == HttpMethod.GET) {
            refusals.remove(CONFLICT);
        }
        if (operation.getRequestBody() == null) {
            refusals.removeAll(List.of(CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE));
        }
        // Which organizations have only while their groups are user groups
        if (resource.equals("User") || method == HttpMethod.GET || method == HttpMethod.PATCH) {
            refusals.remove(METHOD_NOT_ALLOWED);
        }
        return refusals;
    }

    private static void describeDiscovery(String path, Operation operation) {
        operation.addSecurityItem(new SecurityRequirement().addList(SECURITY));
        ApiResponse found = operation.getResponses().get("200");
        found.setContent(content(found.getContent().values().iterator().next().getSchema()));
        DISCOVERY.addHeaders(found);
        List<HttpStatus> refusals = new ArrayList<>(List.of(
                BAD_REQUEST, UNAUTHORIZED, FORBIDDEN, NOT_ACCEPTABLE, INTERNAL_SERVER_ERROR, SERVICE_UNAVAILABLE));
        if (path.endsWith("}")) {
            refusals.add(NOT_FOUND);
        }
        DISCOVERY.refuse(operation, refusals);
        if (path.endsWith("/serviceConfiguration")) {
            operation.setDeprecated(true);
            operation.setOperationId("getServiceConfigurationOfDraft");
        }
    }

    private static Content content(Schema<?> schema) {
        return new Content()
                .addMediaType(SCIM_JSON, new MediaType().schema(schema))
                .addMediaType(JSON, new MediaType().schema(schema));
    }
}

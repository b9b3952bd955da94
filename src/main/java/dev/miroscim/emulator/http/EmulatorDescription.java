package dev.miroscim.emulator.http;

import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.CONTENT_TOO_LARGE;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.NOT_ACCEPTABLE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;
import static org.springframework.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE;

import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.teams.TeamRole;
import dev.miroscim.openapi.Answers;
import dev.miroscim.openapi.Shapes;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Content;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.method.HandlerMethod;

/** What the description of the control API cannot see in the signatures of its handlers. */
@Component
@Lazy
class EmulatorDescription implements OperationCustomizer, OpenApiCustomizer {

    private static final String SECURITY = "admin";
    private static final String PROBLEM = "Problem";
    private static final String SETTINGS = "OrganizationSettings";
    private static final String SOME_SETTINGS = "SomeOrganizationSettings";
    private static final String PLACE = "SeedPlace";
    private static final String OURS = "dev.miroscim.emulator.";

    private static final Answers ANSWERS =
            new Answers("Emulator", MediaType.APPLICATION_PROBLEM_JSON_VALUE, PROBLEM, List.of());

    private static final List<HttpStatus> REFUSALS = List.of(
            BAD_REQUEST,
            UNAUTHORIZED,
            FORBIDDEN,
            NOT_FOUND,
            NOT_ACCEPTABLE,
            CONFLICT,
            CONTENT_TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
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
                                .scheme("basic")
                                .description("The user admin with the admin password"));
        description.getComponents().addSchemas(PROBLEM, problem());
        ANSWERS.addRefusals(description.getComponents(), REFUSALS);
        Map<String, Schema> schemas = description.getComponents().getSchemas();
        describeSettings(schemas.get(SETTINGS), schemas);
        describePlaces(schemas);
        describeWhatIsReadAsTree(description);
    }

    /** Seeds and changes name only some settings; answers have them all. */
    @SuppressWarnings("rawtypes")
    private static void describeSettings(Schema<?> settings, Map<String, Schema> schemas) {
        Map<String, Schema<?>> some = new LinkedHashMap<>();
        settings.getProperties().forEach(some::put);
        schemas.put(
                SOME_SETTINGS,
                Shapes.object(some, List.of()).description("What is left out stays as it is, or has its default"));
        for (String sender : List.of("SeedOrganization", "NewOrganization")) {
            Schema<?> sent = schemas.get(sender);
            sent.addProperty("settings", Shapes.ref(SOME_SETTINGS));
            sent.setRequired(null);
        }
    }

    private static void describeWhatIsReadAsTree(OpenAPI description) {
        description
                .getPaths()
                .get(EmulatorApi.BASE_PATH + "/organizations/{organization}/settings")
                .getPatch()
                .getRequestBody()
                .getContent()
                .values()
                .forEach(content -> content.setSchema(Shapes.ref(SOME_SETTINGS)));
        description
                .getPaths()
                .get(EmulatorApi.BASE_PATH + "/organizations/{organization}/seed")
                .getGet()
                .getResponses()
                .get("200")
                .getContent()
                .values()
                .forEach(content -> content.setSchema(Shapes.ref("SeedOrganization")));
        description
                .getPaths()
                .get(EmulatorApi.BASE_PATH + "/journal")
                .getGet()
                .getResponses()
                .get("200")
                .addHeaderObject(
                        "X-Journal-Dropped",
                        new Header().description("How many calls are not in it").schema(Shapes.integer()));
    }

    /** The name of a team, or an object where the role in it is not the usual one. */
    @SuppressWarnings("rawtypes")
    private static void describePlaces(Map<String, Schema> schemas) {
        Map<String, Schema<?>> members = new LinkedHashMap<>();
        members.put("name", Shapes.string());
        members.put(
                "role",
                Shapes.string(Arrays.stream(TeamRole.values()).map(Enum::name).toList()));
        schemas.put(PLACE, Shapes.either(Shapes.string(), Shapes.object(members, List.of("name", "role"))));
        for (String person : List.of("SeedPerson", "PersonChange")) {
            Schema<?> described = schemas.get(person);
            described.addProperty("teams", Shapes.array(Shapes.ref(PLACE)));
            described.getProperties().remove("details");
            described.setAdditionalProperties(null);
            UserAttribute.details().forEach(detail -> described.addProperty(detail.seedKey(), Shapes.string()));
        }
    }

    private static Schema<?> problem() {
        Map<String, Schema<?>> members = new LinkedHashMap<>();
        members.put("type", Shapes.string());
        members.put("title", Shapes.string());
        members.put("status", Shapes.integer());
        members.put("detail", Shapes.string());
        members.put("instance", Shapes.string());
        return Shapes.object(members, List.of("title", "status", "detail"));
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        if (!handler.getBeanType().getName().startsWith(OURS)) {
            return operation;
        }
        operation.setSecurity(List.of(new SecurityRequirement().addList(SECURITY)));
        if (operation.getParameters() != null) {
            operation.getParameters().stream()
                    .filter(parameter -> parameter.getIn().equals("path"))
                    .forEach(EmulatorDescription::describe);
        }
        if (handler.hasMethodAnnotation(PostMapping.class)
                && handler.getReturnType().getParameterType() == ResponseEntity.class) {
            ApiResponse created = operation.getResponses().remove("200");
            Answers.addHeader(created, Answers.LOCATION);
            operation.getResponses().addApiResponse("201", created.description("Created"));
        }
        operation.getResponses().values().stream()
                .map(ApiResponse::getContent)
                .filter(content -> content != null && content.containsKey(MediaType.TEXT_EVENT_STREAM_VALUE))
                .forEach(content ->
                        content.get(MediaType.TEXT_EVENT_STREAM_VALUE).setSchema(Shapes.string()));
        if (operation.getRequestBody() != null) {
            Content content = operation.getRequestBody().getContent();
            content.addMediaType(
                    MediaType.APPLICATION_YAML_VALUE,
                    content.values().iterator().next());
        }
        ANSWERS.refuse(operation, refusals(operation, handler));
        return operation;
    }

    private static List<HttpStatus> refusals(Operation operation, HandlerMethod handler) {
        List<HttpStatus> refusals = new ArrayList<>(REFUSALS);
        if (operation.getParameters() == null
                || operation.getParameters().stream()
                        .noneMatch(parameter -> parameter.getIn().equals("path"))) {
            refusals.remove(NOT_FOUND);
        }
        if (operation.getRequestBody() == null) {
            refusals.removeAll(List.of(CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE));
        }
        if (handler.hasMethodAnnotation(GetMapping.class)) {
            refusals.remove(CONFLICT);
        }
        return refusals;
    }

    /** Ids are numbers that travel as strings. */
    private static void describe(Parameter parameter) {
        parameter.setSchema(Shapes.string());
    }
}

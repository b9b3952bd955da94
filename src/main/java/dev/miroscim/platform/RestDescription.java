package dev.miroscim.platform;

import static dev.miroscim.openapi.Answers.LIMIT;
import static dev.miroscim.openapi.Answers.REMAINING;
import static dev.miroscim.openapi.Answers.RESET;
import static dev.miroscim.openapi.Answers.RULE;
import static org.springframework.http.HttpStatus.BAD_REQUEST;
import static org.springframework.http.HttpStatus.CONFLICT;
import static org.springframework.http.HttpStatus.CONTENT_TOO_LARGE;
import static org.springframework.http.HttpStatus.FORBIDDEN;
import static org.springframework.http.HttpStatus.INTERNAL_SERVER_ERROR;
import static org.springframework.http.HttpStatus.NOT_ACCEPTABLE;
import static org.springframework.http.HttpStatus.NOT_FOUND;
import static org.springframework.http.HttpStatus.SERVICE_UNAVAILABLE;
import static org.springframework.http.HttpStatus.TOO_MANY_REQUESTS;
import static org.springframework.http.HttpStatus.UNAUTHORIZED;
import static org.springframework.http.HttpStatus.UNSUPPORTED_MEDIA_TYPE;

import dev.miroscim.access.Scope;
import dev.miroscim.openapi.Answers;
import dev.miroscim.openapi.Shapes;
import io.swagger.v3.core.converter.AnnotatedType;
import io.swagger.v3.core.converter.ModelConverters;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.headers.Header;
import io.swagger.v3.oas.models.media.Schema;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.security.SecurityRequirement;
import io.swagger.v3.oas.models.security.SecurityScheme;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.springdoc.core.customizers.OpenApiCustomizer;
import org.springdoc.core.customizers.OperationCustomizer;
import org.springframework.context.annotation.Lazy;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.method.HandlerMethod;

/** What the description of REST cannot see in the signatures of its handlers. */
@Component
@Lazy
class RestDescription implements OperationCustomizer, OpenApiCustomizer {

    private static final String SECURITY = "restToken";

    private static final Answers ANSWERS =
            new Answers("Rest", RestPlane.MEDIA_TYPE, "RestError", List.of(LIMIT, REMAINING, RESET, RULE));

    private static final List<HttpStatus> REFUSALS = List.of(
            BAD_REQUEST,
            UNAUTHORIZED,
            FORBIDDEN,
            NOT_FOUND,
            NOT_ACCEPTABLE,
            CONFLICT,
            CONTENT_TOO_LARGE,
            UNSUPPORTED_MEDIA_TYPE,
            TOO_MANY_REQUESTS,
            INTERNAL_SERVER_ERROR,
            SERVICE_UNAVAILABLE);

    @Override
    public void customise(OpenAPI description) {
        description
                .getComponents()
                .addSecuritySchemes(
                        SECURITY,
                        new SecurityScheme()
                                .type(SecurityScheme.Type.HTTP)
                                .scheme("bearer")
                                .description("A REST token of the organization, with these scopes"));
        ModelConverters.getInstance(true)
                .readAll(new AnnotatedType(RestError.class))
                .forEach(description.getComponents()::addSchemas);
        ANSWERS.addRefusals(description.getComponents(), REFUSALS);
        description
                .getComponents()
                .getResponses()
                .get("Rest" + FORBIDDEN.value())
                .addHeaderObject(
                        RestCallInterceptor.MISSING_SCOPE,
                        new Header()
                                .description("The scopes that the token lacks, separated by commas")
                                .schema(Shapes.string()));
    }

    @Override
    public Operation customize(Operation operation, HandlerMethod handler) {
        RestCall terms = handler.getMethodAnnotation(RestCall.class);
        if (terms == null) {
            return operation;
        }
        operation.setSecurity(List.of(new SecurityRequirement()
                .addList(
                        SECURITY,
                        Arrays.stream(terms.scopes()).map(Scope::wireName).toList())));
        if (operation.getParameters() != null) {
            operation.getParameters().forEach(parameter -> describe(parameter, handler));
        }
        operation.getResponses().values().stream()
                .filter(response -> response.get$ref() == null)
                .forEach(ANSWERS::addHeaders);
        ANSWERS.refuse(operation, refusals(operation, handler, terms));
        return operation;
    }

    private static List<HttpStatus> refusals(Operation operation, HandlerMethod handler, RestCall terms) {
        List<HttpStatus> refusals = new ArrayList<>(REFUSALS);
        if (terms.scopes().length == 0) {
            refusals.removeAll(List.of(FORBIDDEN, NOT_FOUND)); // which anybody gets who has a token
        }
        if (handler.hasMethodAnnotation(GetMapping.class)
                && operation.getParameters() != null
                && operation.getParameters().stream()
                        .noneMatch(parameter -> parameter.getIn().equals("path"))) {
            refusals.remove(NOT_FOUND); // of a list that every organisation has
        }
        if (Arrays.stream(terms.scopes()).noneMatch(scope -> scope.wireName().endsWith(":write"))) {
            refusals.remove(CONFLICT);
        }
        if (operation.getRequestBody() == null) {
            refusals.removeAll(List.of(CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE));
        }
        return refusals;
    }

    private static void describe(Parameter parameter, HandlerMethod handler) {
        switch (parameter.getName()) {
            // Ids are numbers that travel as strings.
            case RestCallInterceptor.ORGANIZATION, "team_id", "member_id", "group_id", "board_id" ->
                parameter.setSchema(Shapes.string());
            case "limit" -> {
                boolean events = handler.getBeanType() == AuditLogController.class;
                Schema<?> limit = Shapes.integer();
                limit.setMinimum(BigDecimal.ONE);
                boolean boards = handler.getBeanType() == BoardController.class;
                int most = boards ? BoardController.MOST : events ? AuditLogController.MOST : Limit.MOST;
                limit.setMaximum(BigDecimal.valueOf(most));
                limit.setDefault(Integer.parseInt(boards ? BoardController.DEFAULT_LIMIT : Limit.DEFAULT));
                parameter.setSchema(limit);
            }
            case "offset" -> parameter.setSchema(Shapes.integer());
            case "sort" -> parameter.setSchema(Shapes.string(BoardController.SORTS));
            case "cursor", "createdAfter", "createdBefore" -> parameter.setSchema(Shapes.string());
            case "sorting" -> parameter.setSchema(Shapes.string(AuditLogController.SORTINGS));
            // Separated by commas. What one of two handlers for the same path demands is optional for the path.
            case "emails" -> parameter.required(false).setSchema(Shapes.string());
            case "license" -> parameter.setSchema(Shapes.string(OrganizationMemberController.LICENSES));
            case "role" ->
                parameter.setSchema(
                        handler.getBeanType() == OrganizationMemberController.class
                                ? Shapes.string(OrganizationMemberController.ROLES)
                                : Shapes.string());
            default -> {}
        }
    }
}

package dev.miroscim.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Control;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.TestOrganization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.core.MethodParameter;
import org.springframework.http.HttpEntity;
import org.springframework.http.converter.HttpMessageConverter;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** That bodies are of the documented types, whichever call they are sent to, and are read by nothing but our readers. */
@MiroScimTest
class MediaTypesTest {

    private static final String CONTROL = "/emulator";

    @LocalServerPort
    int port;

    @Autowired
    ApplicationContext context;

    @Autowired
    @Qualifier("requestMappingHandlerMapping")
    RequestMappingHandlerMapping handlers;

    @Autowired
    RequestMappingHandlerAdapter adapter;

    private Control control;
    private TestOrganization acme;

    /** A call that has a body. */
    private record Call(String method, String path) {}

    @BeforeEach
    void makeOrganization() {
        control = Control.of(context);
        acme = TestOrganization.create(context, "{\"groupModel\": \"USER_GROUPS\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/vnd.api+json",
                "application/json-patch+json",
                "application/merge-patch+json",
                "application/problem+json",
                "application/scim+xml",
                "application/ld+json; charset=utf-8",
                "application/json5",
                "application/x-ndjson",
                "application/cbor",
                "application/octet-stream",
                "application/x-yaml",
                "text/json",
                "text/yaml",
                "text/plain",
                "text/html",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencoded"
            })
    void otherTypes_areNotRead(String type) {
        assertThat(calls()).hasSizeGreaterThan(25).allSatisfy(call -> {
            Answer answer = send(call, "{}", type);

            assertThat(answer.status()).as(answer.text()).isEqualTo(415);
            assertError(call, answer);
        });
    }

    @Test
    void yaml_isReadByTheControlApiAlone() {
        assertThat(calls()).allSatisfy(call -> {
            Answer answer = send(call, "unknown: 1", "application/yaml");
            if (call.path().startsWith(CONTROL)) {
                assertThat(answer.status()).as(answer.text()).isNotEqualTo(415);
            } else {
                assertThat(answer.status()).as(answer.text()).isEqualTo(415);
                assertError(call, answer);
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "application/scim+json",
                "application/json; charset=utf-8",
                "Application/SCIM+JSON;charset=UTF-8",
                "application/json; odata=verbose"
            })
    void bothTypesOfJson_areRead(String type) {
        assertThat(calls()).allSatisfy(call -> {
            Answer answer = send(call, "{\"unknown\": 1", type);
            // What cannot be read is found out only by whoever reads it.
            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
            assertError(call, answer);
        });
    }

    /** Whatever is added to Spring MVC, or comes with a library. */
    @Test
    void noOtherConverterReadsABody() {
        List<HttpMessageConverter<?>> others = adapter.getMessageConverters().stream()
                .filter(converter -> Stream.of(
                                JsonNode.class, Map.class, Object.class, String.class, byte[].class, HttpEntity.class)
                        .anyMatch(type -> converter.canRead(type, null)))
                .filter(converter -> !converter.getClass().getName().startsWith("dev.miroscim."))
                .toList();

        assertThat(adapter.getMessageConverters()).hasSizeGreaterThan(3);
        assertThat(others).isEmpty();
    }

    @Test
    void settings_areReadAsStrictlyAsAllElse() {
        String path = "/organizations/" + acme.id() + "/settings";

        assertThat(control.patch(path, "{\"scimEnabled\": true, \"scimEnabled\": false}")
                        .status())
                .isEqualTo(400);
        assertThat(control.send(
                                "PATCH",
                                path,
                                "seats: { Full: 3 }\ncustomAdminRoles: [Board Admin]\nscimEnabled: no\n",
                                "Content-Type",
                                "application/yaml")
                        .status())
                .isEqualTo(200);
        JsonNode settings = control.get(path).body();
        assertThat(settings.at("/seats/Full").asInt()).isEqualTo(3);
        assertThat(settings.at("/customAdminRoles/0").asString()).isEqualTo("Board Admin");
        assertThat(settings.path("scimEnabled").asBoolean()).isFalse();

        control.patch(path, "{\n\t\"seats\":\t{\"Full\": null},\n\t\"scimEnabled\": null\n}");
        settings = control.get(path).body();
        assertThat(settings.path("seats")).isEmpty();
        assertThat(settings.path("scimEnabled").asBoolean()).isTrue();

        for (String nonsense :
                List.of("&a [*a]", "seats: &a { Full: *a }", "seats: !mine { Full: 1 }", "scimEnabled", "")) {
            assertThat(control.send("PATCH", path, nonsense, "Content-Type", "application/yaml")
                            .status())
                    .as(nonsense)
                    .isEqualTo(400);
        }
    }

    private Answer send(Call call, String body, String type) {
        String[] headers = {"Content-Type", type};
        if (call.path().startsWith(CONTROL)) {
            Control.Answer answer = control.send(call.method(), call.path().substring(CONTROL.length()), body, headers);
            return new Answer(answer.status(), answer.headers(), answer.text());
        }
        if (call.path().startsWith("/v2")) {
            return acme.rest().send(call.method(), call.path(), body, headers);
        }
        return new ScimClient(port, acme.token())
                .send(call.method(), call.path().substring("/api/v1/scim".length()), body, headers);
    }

    /** In the form of the call's plane. */
    private static void assertError(Call call, Answer answer) {
        List<String> members =
                List.copyOf(JsonMapper.shared().readTree(answer.text()).propertyNames());
        if (call.path().startsWith(CONTROL)) {
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(members).contains("title", "status", "detail");
        } else if (call.path().startsWith("/v2")) {
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(members).containsExactly("status", "code", "message", "type");
        } else {
            assertThat(answer.header("Content-Type")).isEqualTo("application/scim+json");
            assertThat(members).contains("schemas", "status", "detail");
        }
    }

    /** Every call whose handler reads a body. */
    private List<Call> calls() {
        return handlers.getHandlerMethods().entrySet().stream()
                .filter(handler -> readsBody(handler.getValue()))
                .flatMap(handler -> handler.getKey().getPatternValues().stream()
                        .flatMap(path -> handler.getKey().getMethodsCondition().getMethods().stream()
                                .map(method -> new Call(
                                        method.name(),
                                        path.replaceAll("\\{(org_id|organization)}", Long.toString(acme.id()))
                                                .replaceAll("\\{[^}]*}", "1")))))
                .toList();
    }

    private static boolean readsBody(HandlerMethod handler) {
        return Arrays.stream(handler.getMethodParameters())
                .anyMatch(parameter -> parameter.hasParameterAnnotation(RequestBody.class) || isEntity(parameter));
    }

    private static boolean isEntity(MethodParameter parameter) {
        return HttpEntity.class.isAssignableFrom(parameter.getParameterType());
    }
}

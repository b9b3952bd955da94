package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.scim.schema.AttributeDefinition;
import dev.miroscim.scim.schema.AttributeDefinition.Type;
import dev.miroscim.scim.schema.ResourceType;
import dev.miroscim.scim.schema.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** Nothing is ignored in silence: for each attribute of the schemas, and each way to write it. */
@MiroScimTest
class IgnoredWritesTest {

    private static final List<String> COMMON = List.of("id", "meta", "meta.location", "schemas", "externalId");

    @Autowired
    ApplicationContext context;

    @ParameterizedTest(name = "{0}: {1}")
    @MethodSource
    void whatARequestAskedInVain_isInXMiroRule(ResourceType resource, String operation) {
        TestOrganization acme = acme();
        String path = resource == ResourceType.USER
                ? "/Users/" + acme.user("ada@example.com")
                : "/Groups/" + acme.group("Design");
        StoredOrganization stored = StoredOrganization.of(acme);
        List<String> before = stored.everything();

        Answer answer = acme.scim().patchWith(path, operation);

        boolean refused = answer.status() == 400 || answer.status() == 404 || answer.status() == 409;
        assertThat(refused || answer.status() == 200).as(answer.toString()).isTrue();
        if (refused || stored.everything().equals(before)) {
            assertThat(refused ? List.of("a refusal") : answer.rules())
                    .as(answer.toString())
                    .isNotEmpty();
            assertThat(stored.everything()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"op\": \"add\", \"path\": \"photos\", \"value\": [{\"type\": \"photo\"}]}",
                "{\"op\": \"replace\", \"path\": \"groups\", \"value\": [{\"display\": \"Design\"}]}",
                "{\"op\": \"replace\", \"path\": \"schemas\", \"value\": []}",
                "{\"op\": \"replace\", \"path\": \"schemas\", \"value\": [{\"type\": \"x\"}]}",
                "{\"op\": \"replace\", \"path\": \"id\", \"value\": null}",
                "{\"op\": \"replace\", \"path\": \"manager\", \"value\": {\"$ref\": \"../Users/7\"}}",
            })
    void elementsWithoutValue_areIgnoredByARule(String operation) {
        TestOrganization acme =
                TestOrganization.in(context).member("ada@example.com").create();

        Answer answer = acme.scim().patchWith("/Users/" + acme.user("ada@example.com"), operation);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
        assertThat(answer.rules()).as(answer.toString()).isNotEmpty();
    }

    @Test
    void membersWithoutValue_areRefusedAndNoneAreLeft() {
        TestOrganization acme = acme();
        String design = "/Groups/" + acme.group("Design");
        StoredOrganization stored = StoredOrganization.of(acme);
        List<String> before = stored.everything();

        for (String op : List.of("add", "replace", "remove")) {
            Answer refused = acme.scim()
                    .patchWith(
                            design,
                            "{\"op\": \"%s\", \"path\": \"members\", \"value\": {\"value\": null}}".formatted(op));
            assertThat(refused.status()).as(refused.toString()).isEqualTo(400);
        }
        assertThat(stored.everything()).isEqualTo(before);
    }

    static Stream<Arguments> whatARequestAskedInVain_isInXMiroRule() {
        return Stream.of(ResourceType.values())
                .flatMap(resource -> operations(resource).stream().map(operation -> Arguments.of(resource, operation)));
    }

    private static List<String> operations(ResourceType resource) {
        List<String> operations = new ArrayList<>();
        COMMON.forEach(name -> add(operations, name, "\"other\""));
        resource.schema().attributes().forEach(attribute -> add(operations, "", attribute));
        for (Schema extension : resource.extensions()) {
            extension.attributes().forEach(attribute -> add(operations, extension.id() + ":", attribute));
        }
        return operations;
    }

    private static void add(List<String> operations, String prefix, AttributeDefinition attribute) {
        String path = prefix + attribute.name();
        add(operations, path, value(attribute));
        for (AttributeDefinition part : attribute.subAttributes()) {
            add(operations, path + "." + part.name(), simple(part));
            add(operations, path + "[value eq \\\"none\\\"]." + part.name(), simple(part));
        }
        add(operations, path + "[value eq \\\"none\\\"]", value(attribute));
    }

    private static void add(List<String> operations, String path, String value) {
        for (String op : List.of("add", "replace", "remove")) {
            operations.add("{\"op\": \"%s\", \"path\": \"%s\", \"value\": %s}".formatted(op, path, value));
        }
        operations.add("{\"op\": \"remove\", \"path\": \"%s\"}".formatted(path));
        operations.add("{\"op\": \"replace\", \"value\": {\"%s\": %s}}".formatted(path, value));
    }

    private static String value(AttributeDefinition attribute) {
        if (attribute.type() != Type.COMPLEX) {
            return simple(attribute);
        }
        AttributeDefinition part = attribute.subAttributes().getFirst();
        String element = "{\"%s\": %s}".formatted(part.name(), simple(part));
        return attribute.multiValued() ? "[" + element + "]" : element;
    }

    private static String simple(AttributeDefinition attribute) {
        return attribute.type() == Type.BOOLEAN ? "false" : "\"other\"";
    }

    private TestOrganization acme() {
        return TestOrganization.in(context)
                .team("Design")
                .companyAdmin("root@example.com", "Design")
                .person("ada@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Ada"), "Design")
                .create();
    }
}

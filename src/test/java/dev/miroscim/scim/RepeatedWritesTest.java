package dev.miroscim.scim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.miroscim.Campaign;
import dev.miroscim.MiroScimTest;
import dev.miroscim.ScimClient;
import dev.miroscim.ScimClient.Answer;
import dev.miroscim.StoredOrganization;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.people.UserAttribute;
import java.util.List;
import java.util.Random;
import java.util.function.BiFunction;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/**
 * Identity providers send the same again, after time-outs and in every cycle in which a value reads back differently.
 * Whatever the write, the second time changes nothing, the time of the last change included.
 */
@Campaign
@MiroScimTest
class RepeatedWritesTest {

    private static final int WRITES = 80;
    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private static final List<String> NAMES = List.of(
            "Mary",
            "Mary Ann",
            "Mary Ann Smith",
            "van der Berg",
            "Smith",
            " Ada ",
            "Jose\u0301",
            "José",
            "",
            "   ",
            "X");
    private static final List<String> PATHS = List.of(
            "displayName",
            "name.formatted",
            "name.givenName",
            "name.familyName",
            "preferredLanguage",
            "userType",
            ENTERPRISE + ":department",
            ENTERPRISE + ":manager",
            ENTERPRISE + ":manager.displayName",
            "photos[type eq \\\"photo\\\"].value",
            "emails[type eq \\\"work\\\"].value",
            "roles[primary eq \\\"True\\\"].value",
            "roles[primary eq \\\"False\\\"].value",
            "nickName");
    private static final List<String> VALUES = List.of(
            "Full",
            "Advanced",
            "de",
            "12",
            "007",
            "https://example.com/a.png",
            "Content Admin",
            "ORGANIZATION_INTERNAL_ADMIN",
            "ORGANIZATION_INTERNAL_USER");

    @Autowired
    ApplicationContext context;

    @ParameterizedTest
    @CsvSource({"1, TEAMS", "2, TEAMS", "3, TEAMS", "4, USER_GROUPS", "5, USER_GROUPS"})
    void anyWriteSentTwice_changesNothingTheSecondTime(long seed, String groupModel) {
        TestOrganization acme = TestOrganization.in(context)
                .settings("{\"groupModel\": \"%s\", \"createDeactivated\": \"ALLOW\"}".formatted(groupModel))
                .defaultTeam("Everybody")
                .team("Design")
                .companyAdmin("root@example.com", "Design")
                .person("ada@example.com", details -> details.set(UserAttribute.DISPLAY_NAME, "Ada Lovelace"), "Design")
                .member("mary@example.com", "Design")
                .unregistered("new@example.com", "Design")
                .deactivated("idle@example.com", "Design")
                .create();
        Random random = new Random(seed);
        String group = groupModel.equals("TEAMS")
                ? acme.group("Design")
                : acme.scim()
                        .post("/Groups", "{\"displayName\": \"Design\"}")
                        .body()
                        .path("id")
                        .asString();
        StoredOrganization stored = StoredOrganization.of(acme);
        for (int i = 0; i < WRITES; i++) {
            Write write = Write.any(random, acme, group);
            Answer first = write.send(acme.scim());
            List<String> after = stored.everything();

            Answer second = write.send(acme.scim());

            assertThat(stored.everything())
                    .as("write %d of seed %d: %s, answered %s and then %s", i, seed, write, first, second)
                    .isEqualTo(after);
        }
    }

    private record Write(String method, String path, String body) {

        Answer send(ScimClient client) {
            return switch (method) {
                case "POST" -> client.post(path, body);
                case "PUT" -> client.put(path, body);
                case "PATCH" -> client.patchWith(path, body);
                default -> client.delete(path);
            };
        }

        static Write any(Random random, TestOrganization acme, String group) {
            List<String> people = List.of(
                    "ada@example.com", "mary@example.com", "idle@example.com", "new@example.com", "root@example.com");
            String email = one(random, people);
            String user = "/Users/" + acme.user(email);
            String someone = acme.user(one(random, people));
            return switch (random.nextInt(12)) {
                case 0 -> new Write("POST", "/Users", "{\"userName\": \"%s\", %s}".formatted(email, names(random)));
                case 1 -> new Write("PUT", user, "{\"userName\": \"%s\", %s}".formatted(email, names(random)));
                case 2 ->
                    new Write(
                            "PUT",
                            user,
                            "{\"userName\": \"%s\", \"active\": %s}".formatted(email, random.nextInt(3) > 0));
                case 3 ->
                    new Write(
                            "PATCH",
                            user,
                            "{\"op\": \"Replace\", \"path\": \"active\", \"value\": \"%s\"}"
                                    .formatted(random.nextInt(3) > 0 ? "True" : "False"));
                case 4 ->
                    new Write(
                            "PATCH",
                            "/Groups/" + group,
                            "{\"op\": \"Add\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}"
                                    .formatted(someone));
                case 5 ->
                    new Write(
                            "PATCH",
                            "/Groups/" + group,
                            "{\"op\": \"Remove\", \"path\": \"members[value eq \\\"%s\\\"]\"}".formatted(someone));
                case 6 ->
                    new Write(
                            "PATCH",
                            "/Groups/" + group,
                            "{\"op\": \"Replace\", \"path\": \"members\", \"value\": [{\"value\": \"%s\"}]}"
                                    .formatted(someone));
                case 7 ->
                    new Write(
                            "PATCH",
                            "/Groups/" + group,
                            "{\"op\": \"Replace\", \"value\": {\"displayName\": \"%s\"}}"
                                    .formatted(one(random, NAMES)));
                case 8 -> random.nextInt(5) > 0 ? patch(random, user) : new Write("DELETE", user, "");
                default -> patch(random, user);
            };
        }

        private static Write patch(Random random, String user) {
            BiFunction<String, String, String> operation = (path, value) -> random.nextInt(6) == 0
                    ? "{\"op\": \"Remove\", \"path\": \"%s\"}".formatted(path)
                    : "{\"op\": \"%s\", \"path\": \"%s\", \"value\": \"%s\"}"
                            .formatted(random.nextBoolean() ? "Add" : "Replace", path, value);
            String first = one(random, PATHS);
            String second = one(random, PATHS);
            String operations = operation.apply(first, value(random, first));
            return new Write(
                    "PATCH",
                    user,
                    random.nextBoolean()
                            ? operations
                            : operations + ", " + operation.apply(second, value(random, second)));
        }

        private static String value(Random random, String path) {
            return path.contains("ame") && random.nextInt(8) > 0 ? one(random, NAMES) : one(random, VALUES);
        }

        private static String names(Random random) {
            return "\"displayName\": \"%s\", \"name\": {\"givenName\": \"%s\", \"familyName\": \"%s\"}"
                    .formatted(one(random, NAMES), one(random, NAMES), one(random, NAMES));
        }

        private static String one(Random random, List<String> values) {
            return values.get(random.nextInt(values.size()));
        }
    }
}

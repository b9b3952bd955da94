package dev.miroscim.idp;

import dev.miroscim.ScimClient;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.OrganizationSettings;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.people.UserAttribute;
import dev.miroscim.directory.people.UserChanges;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.json.JsonMapper;

/**
 * The organisation before which a recorded request is played: a few people, of whom one is the admin of both teams and
 * one is deactivated. Where groups are user groups, there are some called as the teams are, with the same members. A
 * request, and what is expected of it, names their ids in braces, such as {@code {jane}}.
 */
record Stage(TestOrganization organization, Map<String, String> ids) {

    /** An id that nobody has. */
    static final String UNKNOWN = "3458764000000000001";

    static Stage set(ApplicationContext context, String settings) {
        TestOrganization organization = TestOrganization.in(context)
                .settings(settings)
                .defaultTeam("Everyone")
                .team("Design")
                .team("Sales")
                .companyAdmin("root@example.com", "Everyone")
                .teamAdmin("ada@example.com", "Design", "Sales")
                .person("jane@example.com", named("Jane Doe", "Design"), "Everyone", "Design")
                .person("john@example.com", named("John Roe", "Design"), "Everyone", "Design")
                .person("nina@example.com", named("Nina New", "Sales"), "Everyone")
                .deactivated("idle@example.com", "Everyone", "Design")
                .person("mary@example.com", named("Mary Major", "Design"), "Everyone")
                .create();
        Map<String, String> ids = new LinkedHashMap<>();
        organization
                .ids()
                .people()
                .forEach((email, id) -> ids.put(email.substring(0, email.indexOf('@')), id.toString()));
        organization.ids().teams().forEach((name, id) -> ids.put(name.toLowerCase(Locale.ROOT), id.toString()));
        Stage stage = new Stage(organization, ids);
        stage.scim().patchWith(stage.filled("/Users/{jane}"), stage.filled("""
                {"op": "add", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager",
                 "value": {"value": "{mary}", "displayName": "Mary Major"}}"""));
        if (context.getBean(JsonMapper.class)
                        .readValue(settings, OrganizationSettings.class)
                        .groupModel()
                == GroupModel.USER_GROUPS) {
            stage.makeUserGroup("Everyone", "root", "jane", "john", "nina", "idle", "mary");
            stage.makeUserGroup("Design", "ada", "jane", "john", "idle");
            stage.makeUserGroup("Sales", "ada");
        }
        return stage;
    }

    /** A user group called as a team is, for which the name in braces stands from now on. */
    private void makeUserGroup(String name, String... members) {
        String references = Stream.of(members)
                .map(member -> "{\"value\": \"{" + member + "}\"}")
                .collect(Collectors.joining(", ", "[", "]"));
        ScimClient.Answer made =
                scim().post("/Groups", filled("{\"displayName\": \"" + name + "\", \"members\": " + references + "}"));
        ids.put(name.toLowerCase(Locale.ROOT), made.body().get("id").stringValue());
    }

    ScimClient scim() {
        return organization.scim();
    }

    /** {@code text} with ids in place of the names in braces. */
    String filled(String text) {
        String filled = text;
        for (Map.Entry<String, String> id : ids.entrySet()) {
            filled = filled.replace("{" + id.getKey() + "}", id.getValue());
        }
        return filled;
    }

    private static UnaryOperator<UserChanges> named(String name, String department) {
        return details -> details.set(UserAttribute.DISPLAY_NAME, name).set(UserAttribute.DEPARTMENT, department);
    }
}

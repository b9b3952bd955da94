package dev.miroscim.clients;

import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.organizations.OrganizationSettings.UserSchemas;
import java.util.List;
import org.springframework.context.ApplicationContext;

/** The organisation that each client works on, and what all of them expect of it. */
final class ClientOrganization {

    static final String CORE = "urn:ietf:params:scim:schemas:core:2.0:User";
    static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    private ClientOrganization() {}

    /** Ada administers the teams Design and Ops; Bob is in Design. */
    static TestOrganization create(ApplicationContext context, UserSchemas schemas, GroupModel model) {
        return TestOrganization.in(context)
                .settings("{\"userSchemas\": \"%s\", \"groupModel\": \"%s\"}".formatted(schemas, model))
                .team("Design")
                .team("Ops")
                .teamAdmin("ada@example.com", "Design", "Ops")
                .member("bob@example.com", "Design")
                .create();
    }

    static String url(ApplicationContext context) {
        return "http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port") + "/api/v1/scim";
    }

    /** What a user with values of the enterprise extension lists. */
    static List<String> listed(UserSchemas schemas) {
        return switch (schemas) {
            case CORE -> List.of(CORE);
            case WITH_EXTENSION -> List.of(CORE, ENTERPRISE);
        };
    }
}

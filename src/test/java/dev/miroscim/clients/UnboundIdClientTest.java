package dev.miroscim.clients;

import static dev.miroscim.clients.ClientOrganization.CORE;
import static dev.miroscim.clients.ClientOrganization.ENTERPRISE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.unboundid.scim2.client.ScimService;
import com.unboundid.scim2.common.exceptions.ResourceConflictException;
import com.unboundid.scim2.common.exceptions.ResourceNotFoundException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.filters.Filter;
import com.unboundid.scim2.common.messages.ListResponse;
import com.unboundid.scim2.common.messages.PatchOperation;
import com.unboundid.scim2.common.messages.SortOrder;
import com.unboundid.scim2.common.types.AttributeDefinition;
import com.unboundid.scim2.common.types.EnterpriseUserExtension;
import com.unboundid.scim2.common.types.GroupResource;
import com.unboundid.scim2.common.types.Member;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.ResourceTypeResource;
import com.unboundid.scim2.common.types.SchemaResource;
import com.unboundid.scim2.common.types.ServiceProviderConfigResource;
import com.unboundid.scim2.common.types.UserResource;
import dev.miroscim.MiroScimTest;
import dev.miroscim.TestOrganization;
import dev.miroscim.directory.organizations.OrganizationSettings.GroupModel;
import dev.miroscim.directory.organizations.OrganizationSettings.UserSchemas;
import jakarta.ws.rs.client.Client;
import jakarta.ws.rs.client.ClientBuilder;
import jakarta.ws.rs.client.ClientRequestFilter;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.glassfish.jersey.client.ClientConfig;
import org.glassfish.jersey.jnh.connector.JavaNetHttpConnectorProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** UnboundID's SCIM 2 SDK, which Miro's own service probably runs on. */
@MiroScimTest
class UnboundIdClientTest {

    @Autowired
    ApplicationContext context;

    private final Client http =
            ClientBuilder.newClient(new ClientConfig().connectorProvider(new JavaNetHttpConnectorProvider()));

    private TestOrganization acme;

    @AfterEach
    void close() {
        http.close();
    }

    private ScimService open(UserSchemas schemas, GroupModel model) {
        acme = ClientOrganization.create(context, schemas, model);
        ClientRequestFilter token = request -> request.getHeaders().add("Authorization", "Bearer " + acme.token());
        return new ScimService(http.target(ClientOrganization.url(context)).register(token));
    }

    private static UserResource grace() {
        UserResource grace = new UserResource()
                .setUserName("grace@example.com")
                .setName(new Name().setGivenName("Grace").setFamilyName("Hopper"));
        grace.setExtension(
                new EnterpriseUserExtension().setDepartment("Compilers").setEmployeeNumber("1906"));
        return grace;
    }

    @Test
    void discovery() throws ScimException {
        ScimService client = open(UserSchemas.CORE, GroupModel.TEAMS);

        ServiceProviderConfigResource config = client.getServiceProviderConfig();
        assertThat(config.getPatch().isSupported()).isTrue();
        assertThat(config.getFilter().isSupported()).isTrue();
        assertThat(config.getSort().isSupported()).isTrue();
        assertThat(config.getBulk().isSupported()).isFalse();
        assertThat(config.getAuthenticationSchemes())
                .singleElement()
                .satisfies(scheme -> assertThat(scheme.getType()).isEqualTo("oauthbearertoken"));

        assertThat(client.getResourceTypes().getResources())
                .extracting(ResourceTypeResource::getName)
                .containsExactly("User", "Group");
        ResourceTypeResource user = client.getResourceType("User");
        assertThat(user.getSchema()).isEqualTo(URI.create(CORE));
        assertThat(user.getSchemaExtensions())
                .singleElement()
                .satisfies(extension -> assertThat(extension.getSchema()).isEqualTo(URI.create(ENTERPRISE)));

        assertThat(client.getSchemas().getResources())
                .extracting(SchemaResource::getId)
                .contains(CORE, ENTERPRISE);
        SchemaResource schema = client.getSchema(CORE);
        assertThat(schema.getAttributes())
                .extracting(AttributeDefinition::getName)
                .contains("userName", "roles");
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isCreatedAndRetrieved(UserSchemas schemas) throws ScimException {
        ScimService client = open(schemas, GroupModel.TEAMS);

        UserResource created = client.create("Users", grace());

        assertThat(created.getUserName()).isEqualTo("grace@example.com");
        assertThat(created.getDisplayName()).isEqualTo("Grace Hopper");
        assertThat(created.getUserType()).isEqualTo("Full");
        assertThat(created.getActive()).isTrue();
        assertThat(created.getMeta().getResourceType()).isEqualTo("User");
        assertThat(created.getSchemaUrns()).containsExactlyElementsOf(ClientOrganization.listed(schemas));
        assertThat(created.getExtension(EnterpriseUserExtension.class).getDepartment())
                .isEqualTo("Compilers");
        assertThat(client.retrieve("Users", created.getId(), UserResource.class))
                .isEqualTo(created);
        assertThat(client.retrieve(created)).isEqualTo(created);
        assertThat(client.retrieve(created.getMeta().getLocation(), UserResource.class))
                .isEqualTo(created);
    }

    @ParameterizedTest
    @EnumSource
    void users_areSearchedByPages(UserSchemas schemas) throws ScimException {
        ScimService client = open(schemas, GroupModel.TEAMS);
        for (int i = 0; i < 5; i++) {
            client.create("Users", grace().setUserName("grace" + i + "@example.com"));
        }
        List<String> names = new ArrayList<>();

        for (int start = 1; start <= 5; start += 2) {
            ListResponse<UserResource> page = client.searchRequest("Users")
                    .filter(Filter.sw("userName", "grace"))
                    .sort("userName", SortOrder.DESCENDING)
                    .page(start, 2)
                    .invoke(UserResource.class);
            assertThat(page.getTotalResults()).isEqualTo(5);
            assertThat(page.getStartIndex()).isEqualTo(start);
            page.forEach(user -> {
                assertThat(user.getSchemaUrns()).containsExactlyElementsOf(ClientOrganization.listed(schemas));
                assertThat(user.getExtension(EnterpriseUserExtension.class).getEmployeeNumber())
                        .isEqualTo("1906");
                names.add(user.getUserName());
            });
        }

        assertThat(names)
                .containsExactly(
                        "grace4@example.com",
                        "grace3@example.com",
                        "grace2@example.com",
                        "grace1@example.com",
                        "grace0@example.com");
        assertThat(client.search("Users", "schemas eq \"" + ENTERPRISE + "\"", UserResource.class)
                        .getTotalResults())
                .isEqualTo(schemas == UserSchemas.WITH_EXTENSION ? 5 : 0);
    }

    /** Miro leaves out all but the total then. */
    @Test
    void aPageOfNobody_tellsHowManyThereAre() throws ScimException {
        ScimService client = open(UserSchemas.CORE, GroupModel.TEAMS);

        ListResponse<UserResource> page =
                client.searchRequest("Users").page(1, 0).invoke(UserResource.class);

        assertThat(page.getTotalResults()).isEqualTo(2);
        assertThat(page.getResources()).isEmpty();
        assertThat(page.getItemsPerPage()).isNull();
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isReplacedWithWhatWasRetrieved(UserSchemas schemas) throws ScimException {
        ScimService client = open(schemas, GroupModel.TEAMS);
        UserResource grace = client.create("Users", grace());

        assertThat(client.replace(grace)).isEqualTo(grace);

        grace.setDisplayName("Amazing Grace");
        grace.setName(new Name().setFormatted("Amazing Grace"));
        grace.setExtension(new EnterpriseUserExtension().setDepartment("Navy"));
        UserResource replaced = client.replace(grace);
        assertThat(replaced.getDisplayName()).isEqualTo("Amazing Grace");
        assertThat(replaced.getSchemaUrns()).containsExactlyElementsOf(ClientOrganization.listed(schemas));
        assertThat(replaced.getExtension(EnterpriseUserExtension.class).getDepartment())
                .isEqualTo("Navy");
        assertThat(client.retrieve("Users", grace.getId(), UserResource.class)).isEqualTo(replaced);
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isModified(UserSchemas schemas) throws ScimException {
        ScimService client = open(schemas, GroupModel.TEAMS);
        UserResource grace = client.create("Users", grace());

        UserResource modified = client.modifyRequest(grace)
                .replaceValue("displayName", "Amazing Grace")
                .replaceValue(ENTERPRISE + ":department", "Navy")
                .removeValues(ENTERPRISE + ":employeeNumber")
                .invoke();

        assertThat(modified.getDisplayName()).isEqualTo("Amazing Grace");
        assertThat(modified.getSchemaUrns()).containsExactlyElementsOf(ClientOrganization.listed(schemas));
        assertThat(modified.getExtension(EnterpriseUserExtension.class))
                .isEqualTo(new EnterpriseUserExtension().setDepartment("Navy"));
        assertThat(client.modifyRequest("Users", grace.getId())
                        .replaceValue("active", false)
                        .invoke(UserResource.class)
                        .getActive())
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void aUser_isDeleted(UserSchemas schemas) throws ScimException {
        ScimService client = open(schemas, GroupModel.TEAMS);
        UserResource grace = client.create("Users", grace());

        client.delete(grace);

        assertThat(catchThrowableOfType(
                                ResourceNotFoundException.class,
                                () -> client.retrieve("Users", grace.getId(), UserResource.class))
                        .getScimError()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void aRefusal_isTheSdksException() {
        ScimService client = open(UserSchemas.CORE, GroupModel.TEAMS);

        ResourceConflictException refused = catchThrowableOfType(
                ResourceConflictException.class,
                () -> client.create("Users", new UserResource().setUserName("bob@example.com")));

        assertThat(refused.getScimError().getStatus()).isEqualTo(409);
        assertThat(refused.getMessage()).contains("bob@example.com");
    }

    @ParameterizedTest
    @EnumSource
    void groupsThatAreTeams_areReadAndTheirMembersModified(UserSchemas schemas) throws ScimException {
        ScimService client = open(schemas, GroupModel.TEAMS);
        String bob = acme.user("bob@example.com");

        assertThat(client.search("Groups", null, GroupResource.class).getResources())
                .extracting(GroupResource::getDisplayName)
                .containsExactlyInAnyOrder("Design", "Ops");
        GroupResource ops = client.searchRequest("Groups")
                .filter(Filter.eq("displayName", "Ops"))
                .invoke(GroupResource.class)
                .getResources()
                .getFirst();
        assertThat(ops.getId()).isEqualTo(acme.group("Ops"));
        changeMembers(client, ops, bob);

        UserResource member = client.retrieve("Users", bob, UserResource.class);
        assertThat(member.getGroups()).extracting("display").containsExactly("Design");
    }

    @ParameterizedTest
    @EnumSource
    void groupsThatAreUserGroups_areCreatedModifiedAndDeleted(UserSchemas schemas) throws ScimException {
        ScimService client = open(schemas, GroupModel.USER_GROUPS);
        String ada = acme.user("ada@example.com");

        GroupResource readers = client.create(
                "Groups", new GroupResource().setDisplayName("Readers").setMembers(new Member().setValue(ada)));
        assertThat(readers.getDisplayName()).isEqualTo("Readers");
        assertThat(readers.getMembers()).extracting(Member::getValue).containsExactly(ada);
        changeMembers(client, readers, acme.user("bob@example.com"));

        client.delete(readers);

        assertThat(client.search("Groups", "displayName eq \"Readers\"", GroupResource.class))
                .isEmpty();
        assertThat(client.retrieve("Users", ada, UserResource.class).getActive())
                .isTrue();
    }

    private static void changeMembers(ScimService client, GroupResource group, String member) throws ScimException {
        client.modifyRequest("Groups", group.getId())
                .addValues("members", new Member().setValue(member))
                .invoke(GroupResource.class);
        assertThat(members(client, group)).contains(member).hasSize(2);

        client.modifyRequest("Groups", group.getId())
                .addOperation(PatchOperation.remove("members[value eq \"" + member + "\"]"))
                .invoke(GroupResource.class);
        assertThat(members(client, group)).doesNotContain(member).hasSize(1);
    }

    private static List<String> members(ScimService client, GroupResource group) throws ScimException {
        return client.retrieve("Groups", group.getId(), GroupResource.class).getMembers().stream()
                .map(Member::getValue)
                .toList();
    }
}
